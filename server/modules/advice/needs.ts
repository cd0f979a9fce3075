import type { Reckoned, Reckoning } from '#analyse/batches/reckon.ts';
import type { Language, NamedThing, ThingRef } from '#contract/words.ts';
import type { Caller } from '#platform/caller.ts';

/** Samples of one check; a place for each time, NaN where nothing was measured. */
export interface SampleColumns {
  /** Milliseconds since 1970. */
  readonly times: readonly number[];
  readonly values: readonly ArrayLike<number>[];
}

/** A series over time, in even steps. */
export interface MeasuredSeries {
  readonly id: number;
  /** Epoch seconds. */
  readonly times: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly max: readonly (number | null)[];
}

/** What is told of an anomaly as the reason of its check. */
export type OddWords = Readonly<Record<string, string | number>>;

/** A change that would have saved alerts, as the watch's ledger of noise proposes it. */
export interface NoiseProposal {
  readonly checkId: string;
  readonly name: string;
  /** Alerts of thirty days as it is, and with the change. */
  readonly was: number;
  readonly wouldBe: number;
}

/** What advice asks of the floors below. */
export interface Needs {
  /** Reckons where it disturbs nobody. */
  readonly reckon: (asked: Reckoning) => Promise<Reckoned>;
  /** Samples of some series of a check, packed or not. */
  readonly samples: (asked: {
    readonly checkNumber: number;
    readonly positions: readonly number[];
    readonly from: Date;
    readonly until: Date;
  }) => Promise<readonly SampleColumns[]>;
  /** At most twenty series; those of them that are known. */
  readonly measured: (
    seriesIds: readonly number[],
    span: { readonly from: Date; readonly until: Date; readonly points: number },
  ) => Promise<readonly MeasuredSeries[]>;
  /** What is measured, in words. */
  readonly labelOf: (checkKind: string, series: string, language: Language) => string;
  /** A value with its unit. */
  readonly amount: (language: Language, value: number, unit: string) => string;
  /** Makes an anomaly the reason of its check, or takes it back. */
  readonly setOdd: (checkId: string, odd: OddWords | null) => Promise<void>;
  readonly noise: () => Promise<readonly NoiseProposal[]>;
  /** For each group: how important the services are that suffer when one of it fails, `low` to `critical`. */
  readonly importanceOfAffected: (groups: readonly (readonly ThingRef[])[]) => Promise<readonly (readonly string[])[]>;
  /** The runbook that fits symptoms best, by what is written on it; null for none. */
  readonly runbookFor: (symptoms: string) => Promise<{ readonly id: string; readonly name: string } | null>;
  /** Opens a problem record in the name of who asked, linked to these incidents; its id. */
  readonly openProblem: (
    problem: {
      readonly title: string;
      readonly description: string;
      readonly about: NamedThing | null;
      readonly incidents: readonly string[];
    },
    caller: Caller,
  ) => Promise<string>;
}
