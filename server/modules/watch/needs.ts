import type { State } from '#contract/alert.ts';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import type { PreparedCheck, SshAccess } from '#probe/check-kind.ts';

/** A host of the estate, as far as watching it goes. */
export interface KnownHost {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** True for the machine that Vigie itself runs on. */
  readonly local: boolean;
}

/** A host to be known from now on. */
export interface HostToAdd {
  readonly name: string;
  readonly address: string;
  readonly kind:
    | 'server'
    | 'virtual'
    | 'switch'
    | 'router'
    | 'firewall'
    | 'storage'
    | 'printer'
    | 'workstation'
    | 'other';
  readonly siteId: string | null;
}

/** What there is to know of a check before it is run. */
export interface InventedLook {
  readonly id: string;
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly address: string;
  readonly state: State;
}

/** One turn of a maintenance window that goes on. */
export interface MaintenanceTurn {
  readonly windowId: string;
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
  readonly targets: readonly ThingRef[];
}

/** What watch asks of the floors below. */
export interface Needs {
  readonly hostsById: (ids: readonly string[]) => Promise<readonly KnownHost[]>;
  readonly hostsByAddress: (addresses: readonly string[]) => Promise<readonly KnownHost[]>;
  readonly namedThings: (things: readonly ThingRef[]) => Promise<readonly NamedThing[]>;
  /** For each thing what it needs to work, nearest first. */
  readonly ancestorsOf: (things: readonly ThingRef[]) => Promise<readonly (readonly NamedThing[])[]>;
  readonly ensureHosts: (
    wanted: readonly HostToAdd[],
    by: string,
  ) => Promise<readonly (KnownHost & { readonly added: boolean })[]>;
  readonly localHost: () => Promise<KnownHost>;
  /** The turns of maintenance windows that go on at a moment. */
  readonly maintenanceAt: (now: Date) => Promise<readonly MaintenanceTurn[]>;
  /** The way into a host over SSH; null when nobody has given one. */
  readonly sshAccess: (hostId: string) => Promise<SshAccess | null>;
  /** The run of a check whose target is invented, as in the demonstration; null when it is to be looked at really. */
  readonly inventedRun?: (check: InventedLook) => PreparedCheck | null;
}
