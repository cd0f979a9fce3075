import { isDeepStrictEqual } from 'node:util';
import type { watch } from '#contract/watch.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import type { NameLookup } from '#probe/name-lookup.ts';
import { addCheck, allowAddress, allowKind, watchDuty } from './keep-check.ts';
import type { Needs } from '../needs.ts';
import { kindNamed, readSettings } from './read-settings.ts';
import { checkStore } from './store-check.ts';

interface Parts {
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Needs;
  readonly lookup: NameLookup;
  readonly vault: Vault;
}

type Asked = Parameters<Handlers<typeof watch>['start']>[0];

/**
 * Starts proposed checks on their hosts, which are added where they are not known yet. A check that is there already,
 * with the same kind and settings, is not started a second time. Returns the ids of those that were.
 */
export async function startProposals(
  parts: Parts,
  { proposals, siteId }: Asked,
  caller: Caller,
): Promise<{ ids: string[]; hostsAdded: number }> {
  const complete = proposals.map((each) => {
    const kind = kindNamed(each.kind);
    allowKind(kind, caller);
    return {
      ...each,
      kind,
      settings: readSettings(parts.vault, { kind, given: each.settings, language: caller.language }),
    };
  });
  const byAddress = new Map(proposals.map((each) => [each.address.toLowerCase(), each]));
  const allowed = new Map<string, boolean>();
  for (const { address } of byAddress.values())
    allowed.set(address.toLowerCase(), await allowAddress(parts.lookup, address, caller));
  const localId = (await parts.needs.localHost()).id;
  const wanted = [...byAddress.values()].map(({ hostName, address, hostKind }) => ({
    name: hostName,
    address,
    kind: hostKind,
    siteId,
  }));
  const hosts = await parts.needs.ensureHosts(wanted, actorOf(caller).name);
  const hostOf = new Map([...byAddress.keys()].map((address, index) => [address, hosts[index]]));
  const at = parts.clock.now();
  const ids = await parts.transact(async (unit) => {
    const started: string[] = [];
    for (const { name, kind, address, settings, intervalSeconds } of complete) {
      const host = hostOf.get(address.toLowerCase());
      if (host === undefined) throw new Refusal('not_found');
      if (kind.requires === 'local' && host.id !== localId) throw new Refusal('address_forbidden', { address });
      const target = { kind: 'host', id: host.id } as const;
      const known = await checkStore(unit.db).ofThing(target);
      if (known.some((check) => check.kind === kind.name && isDeepStrictEqual({ ...check.settings }, settings)))
        continue;
      const intervalMs = Math.round(intervalSeconds * 1_000);
      const specialAllowed = allowed.get(address.toLowerCase()) ?? false;
      const leave = { specialAllowed, specialAddress: specialAllowed ? address : null };
      started.push(await addCheck(unit, { name, kind: kind.name, target, settings, intervalMs, ...leave }, at));
    }
    await unit.wake(watchDuty);
    return started;
  });
  return { ids, hostsAdded: hosts.filter(({ added }) => added).length };
}
