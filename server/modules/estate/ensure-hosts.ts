import { v7 as uuid } from 'uuid';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { freeHostName } from './host-name.ts';
import { hostStore, type HostAddress, type HostFields } from './store-hosts.ts';
import { siteStore } from './store-sites.ts';
import { tellChange } from './tell-change.ts';

interface Parts {
  readonly transact: Transact<'estate'>;
  readonly clock: Clock;
}

/** A host that is to be in the estate, known by its address. */
export interface WantedHost extends Pick<HostFields, 'name' | 'address' | 'kind' | 'siteId'> {}

/** A host as it is after all; `added` when it was not known before. */
export interface EnsuredHost extends HostAddress {
  readonly added: boolean;
}

async function holdSites({ db }: Unit<'estate'>, wanted: readonly WantedHost[]): Promise<void> {
  const siteIds = [...new Set(wanted.flatMap(({ siteId }) => siteId ?? []))].toSorted();
  for (const siteId of siteIds) if (!(await siteStore(db).hold(siteId))) throw new Refusal('not_found');
}

/**
 * Makes sure that there is a host with each of these addresses, and returns them in the order asked. A known address
 * keeps its host as it is; a new one whose name is taken gets its address into the name.
 */
export function ensureHosts(
  { transact, clock }: Parts,
  wanted: readonly WantedHost[],
  by: string,
): Promise<EnsuredHost[]> {
  return transact(async (unit) => {
    const hosts = hostStore(unit.db);
    await hosts.lockAdding();
    await holdSites(unit, wanted);
    const found = new Map<string, HostAddress>();
    for (const host of await hosts.byAddresses(wanted.map(({ address }) => address)))
      if (!found.has(host.address.toLowerCase())) found.set(host.address.toLowerCase(), host);
    const taken = new Set(await hosts.takenNames(wanted.map(({ name }) => name)));
    const answer: EnsuredHost[] = [];
    for (const { name, address, kind, siteId } of wanted) {
      const known = found.get(address.toLowerCase());
      if (known !== undefined) {
        answer.push({ ...known, added: false });
        continue;
      }
      const host = await addFound(unit, { name, address, kind, siteId, taken, at: clock.now() });
      await tellChange(unit, { kind: 'host', id: host.id, name: host.name }, 'added', by);
      taken.add(host.name.toLowerCase());
      found.set(address.toLowerCase(), host);
      answer.push({ ...host, added: true });
    }
    return answer;
  });
}

async function addFound(
  { db }: Unit<'estate'>,
  { taken, at, ...asked }: WantedHost & { readonly taken: ReadonlySet<string>; readonly at: Date },
): Promise<HostAddress> {
  const refused = new Set(taken);
  // A name made here may be taken too, or be taken at this moment by a request that does not wait for us.
  for (;;) {
    const host = { ...asked, id: uuid(), name: freeHostName(asked.name, asked.address, refused), local: false };
    const { id, ...fields } = host;
    if (await hostStore(db).add(id, { ...fields, system: '', note: '' }, at)) return host;
    refused.add(host.name.toLowerCase());
  }
}

/** The machine that Vigie itself runs on; added to the estate the first time that it is asked for. */
export async function ensureLocalHost(parts: Parts, known: HostAddress | null, name: string): Promise<HostAddress> {
  if (known !== null) return known;
  return parts.transact(async (unit) => {
    const hosts = hostStore(unit.db);
    await hosts.lockAdding();
    const meanwhile = await hosts.local();
    if (meanwhile !== null) return meanwhile;
    const refused = new Set(await hosts.takenNames([name]));
    const host = {
      id: uuid(),
      name: freeHostName(name, '127.0.0.1', refused),
      address: '127.0.0.1',
      kind: 'server',
      siteId: null,
      local: true,
    } as const;
    const { id, ...fields } = host;
    if (!(await hosts.add(id, { ...fields, system: '', note: '' }, parts.clock.now())))
      throw new Refusal('name_taken', { name: host.name });
    await tellChange(unit, { kind: 'host', id, name: host.name }, 'added', 'Vigie');
    return host;
  });
}
