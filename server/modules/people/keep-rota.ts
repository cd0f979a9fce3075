import { v7 as uuid } from 'uuid';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { isKnownRegion } from './public-holidays.ts';
import { rotaStore, type RotaRecord } from './store-rotas.ts';
import { teamStore } from './store-teams.ts';

interface Parts {
  readonly transact: Transact<'people'>;
}

export async function refuseUnknownRegion({ country, region }: RotaRecord['holidays']): Promise<void> {
  if (country !== '' && !(await isKnownRegion(country, region)))
    throw new Refusal('unknown_region', { region: region === '' ? country : `${country}-${region}` });
}

/** Adds a rota, or puts it in place of the one with its id. Everybody named in it is there. */
export async function keepRota(
  { transact }: Parts,
  id: string | null,
  asked: Omit<RotaRecord, 'id'>,
): Promise<RotaRecord> {
  await refuseUnknownRegion(asked.holidays);
  return transact(async ({ db, live }) => {
    const rotas = rotaStore(db);
    if (id !== null && (await rotas.get(id)) === null) throw new Refusal('not_found');
    const named = new Set(asked.layers.flatMap(({ personIds }) => personIds));
    if ((await rotas.people([...named])).size < named.size) throw new Refusal('not_found');
    const rota = { id: id ?? uuid(), ...asked };
    if (!(await rotas.put(rota))) throw new Refusal('name_taken', { name: asked.name });
    await live('people.rota', rota.id);
    return rota;
  });
}

export function removeRota({ transact }: Parts, id: string): Promise<Record<string, never>> {
  return transact(async ({ db, live }) => {
    if (!(await rotaStore(db).remove(id))) throw new Refusal('not_found');
    await live('people.rota', id);
    return {};
  });
}

/** Adds a team, or changes the one with that id; what is left out stays. Answers with its id. */
export function keepTeam(
  { transact }: Parts,
  id: string | null,
  { name, memberIds }: { readonly name?: string | undefined; readonly memberIds?: readonly string[] | undefined },
): Promise<string> {
  return transact(async ({ db, live }) => {
    const teams = teamStore(db);
    const before = id === null ? undefined : (await teams.list()).find((team) => team.id === id);
    if (id !== null && before === undefined) throw new Refusal('not_found');
    const teamId = id ?? uuid();
    if (!(await teams.put(teamId, name ?? before?.name ?? ''))) throw new Refusal('name_taken', { name: name ?? '' });
    if (memberIds !== undefined) {
      if ((await rotaStore(db).people(memberIds)).size < new Set(memberIds).size) throw new Refusal('not_found');
      await teams.setMembers(teamId, memberIds);
    }
    await live('people.team', teamId);
    return teamId;
  });
}

export function removeTeam({ transact }: Parts, id: string): Promise<Record<string, never>> {
  return transact(async ({ db, live }) => {
    if (!(await teamStore(db).remove(id))) throw new Refusal('not_found');
    await live('people.team', id);
    return {};
  });
}
