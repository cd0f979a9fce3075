import { v7 as uuid } from 'uuid';
import type { Actor } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { mayDo } from '#contract/permission.ts';
import { planOf } from './read-rota.ts';
import { shiftsOf } from './rota.ts';
import { coverStore, rotaStore, type CoverRecord } from './store-rotas.ts';

interface Parts {
  readonly transact: Transact<'people'>;
  readonly clock: Clock;
}

interface Asked {
  readonly rotaId: string;
  readonly personId: string;
  readonly from: string;
  readonly until: string;
  readonly note: string;
}

/** Whoever keeps the rotas decides for others too. */
function keepsRotas(actor: Actor): boolean {
  return mayDo(actor.role, 'people.write');
}

/** Who is on call in that time without this cover. */
async function replacedBy({ db }: Unit<'people'>, { id, rotaId, from, until }: CoverRecord): Promise<string[]> {
  const rota = await rotaStore(db).get(rotaId);
  if (rota === null) return [];
  const covers = (await coverStore(db).since(from, rotaId)).filter((cover) => cover.id !== id);
  const plan = await planOf(rota, covers, { from, until });
  return [...new Set(shiftsOf(plan, from, until).flatMap(({ personId }) => personId ?? []))];
}

/** Says what became of a cover: whoever it concerns is told of it. */
async function tellCover(
  { db, publish }: Unit<'people'>,
  cover: CoverRecord,
  state: 'asked' | 'accepted' | 'refused' | 'withdrawn',
  { actor, replaced }: { readonly actor: Actor; readonly replaced: readonly string[] },
): Promise<void> {
  const rota = await rotaStore(db).get(cover.rotaId);
  if (rota === null) return;
  await publish('people.coverChanged', {
    coverId: cover.id,
    rotaId: rota.id,
    rota: rota.name,
    timeZone: rota.timeZone,
    state,
    person: cover.person,
    askedBy: cover.askedBy,
    by: { id: actor.id, name: actor.name },
    replaced: replaced.filter((id) => id !== cover.person.id),
    from: cover.from.toISOString(),
    until: cover.until.toISOString(),
    note: cover.note,
  });
}

/** Asks somebody to be on call for a while. It counts at once when one takes it oneself, or keeps the rotas. */
export function askCover({ transact, clock }: Parts, asked: Asked, actor: Actor): Promise<CoverRecord> {
  return transact(async (unit) => {
    const { db, live } = unit;
    const now = clock.now();
    const from = new Date(asked.from);
    const until = new Date(asked.until);
    if (from >= until || until <= now) throw new Refusal('ends_before');
    const person = (await rotaStore(db).people([asked.personId])).get(asked.personId);
    if (person === undefined || !person.active || (await rotaStore(db).get(asked.rotaId)) === null)
      throw new Refusal('not_found');
    const settled = person.id === actor.id || keepsRotas(actor);
    const cover: CoverRecord = {
      id: uuid(),
      rotaId: asked.rotaId,
      person: { id: person.id, name: person.name },
      from,
      until,
      state: settled ? 'accepted' : 'asked',
      note: asked.note,
      askedBy: { id: actor.id, name: actor.name },
      askedAt: now,
    };
    const replaced = await replacedBy(unit, cover);
    await coverStore(db).add(cover);
    await tellCover(unit, cover, settled ? 'accepted' : 'asked', { actor, replaced });
    await live('people.rota', asked.rotaId);
    return cover;
  });
}

/** Accepts or refuses: the person who was asked, or whoever keeps the rotas. */
export function answerCover({ transact }: Parts, id: string, accept: boolean, actor: Actor): Promise<CoverRecord> {
  return transact(async (unit) => {
    const { db, live } = unit;
    const cover = await coverStore(db).get(id);
    if (cover === null) throw new Refusal('not_found');
    if (cover.person.id !== actor.id && !keepsRotas(actor)) throw new Refusal('not_yours');
    const state = accept ? 'accepted' : 'refused';
    await coverStore(db).answer(id, state);
    await tellCover(unit, cover, state, { actor, replaced: await replacedBy(unit, cover) });
    await live('people.rota', cover.rotaId);
    return { ...cover, state };
  });
}

/** Withdraws: who asked, who takes it, or whoever keeps the rotas. */
export function withdrawCover({ transact }: Parts, id: string, actor: Actor): Promise<Record<string, never>> {
  return transact(async (unit) => {
    const { db, live } = unit;
    const cover = await coverStore(db).get(id);
    if (cover === null) throw new Refusal('not_found');
    const isOne = cover.person.id === actor.id || cover.askedBy.id === actor.id;
    if (!isOne && !keepsRotas(actor)) throw new Refusal('not_yours');
    await coverStore(db).remove(id);
    await tellCover(unit, cover, 'withdrawn', { actor, replaced: await replacedBy(unit, cover) });
    await live('people.rota', cover.rotaId);
    return {};
  });
}
