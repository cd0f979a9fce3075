import { v7 as uuid } from 'uuid';
import type { watch } from '#contract/watch.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Needs } from '../needs.ts';
import { heldBy } from '../states/held-by.ts';
import { alertFact } from '../states/move-alert.ts';
import { covers, overBecause, type Silence } from './silence.ts';
import { alertStore } from '../states/store-alert.ts';
import { checkStore } from '../checks/store-check.ts';
import { silenceStore, type SilenceFields } from './store-silence.ts';
import { turnStore } from './store-turn.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'namedThings'>;
}

type Requests = Handlers<typeof watch>['silences'];
type Asked = Parameters<Requests['create']>[0];
type ChangeAsked = Parameters<Requests['change']>[0];

/** A silence that waits for something ends after this time in any case. */
const longestWaitMs = 30 * 86_400_000;

/** Holds alerts back until a moment or a condition. Alerts that are open already stay as they are. Returns its id. */
export async function silenceAlerts(
  { db, transact, clock, needs }: Parts,
  asked: Asked,
  caller: Caller,
): Promise<string> {
  const [target = null] = asked.target === undefined ? [] : await needs.namedThings([asked.target]);
  const checkId = asked.checkId ?? null;
  if (asked.target !== undefined && target === null) throw new Refusal('not_found');
  if (checkId !== null && (await checkStore(db).get(checkId)) === null) throw new Refusal('not_found');
  const { id: byId, name } = actorOf(caller);
  const now = clock.now();
  const silence: Silence = {
    id: uuid(),
    target,
    checkId,
    checkKind: asked.checkKind ?? null,
    pattern: asked.pattern ?? null,
    tag: asked.tag ?? null,
    below: asked.below,
    belowIds: new Set(),
    reason: asked.reason,
    ends: asked.ends,
    until: asked.until === undefined ? new Date(now.getTime() + longestWaitMs) : new Date(asked.until),
    ticket: null,
    unlessWorse: asked.unlessWorse,
    by: { kind: 'person', id: byId, name },
    createdAt: now,
    changedBy: null,
    changedAt: null,
    endedAt: null,
    endedWhy: null,
    endedBy: null,
  };
  await transact(async (unit) => {
    const store = silenceStore(unit.db);
    await store.add(silence);
    const added = await store.get(silence.id);
    if (added !== null && asked.ends !== 'moment') await prepareWait(unit, added);
    await unit.live('watch.silence', silence.id);
  });
  return silence.id;
}

/** What a change says it covers; as it was when it says nothing. */
async function scopeAfter(
  { db, needs }: Pick<Parts, 'db' | 'needs'>,
  before: Silence,
  asked: Omit<ChangeAsked, 'id'>,
): Promise<Pick<SilenceFields, 'target' | 'checkId' | 'checkKind' | 'pattern' | 'tag'>> {
  const { target: ref, checkId = null, checkKind = null, pattern = null, tag = null } = asked;
  const isSame = [checkId, checkKind, pattern, tag].every((each) => each === null);
  if (ref === undefined && isSame) return before;
  const [target = null] = ref === undefined ? [] : await needs.namedThings([ref]);
  if (ref !== undefined && target === null) throw new Refusal('not_found');
  if (checkId !== null && (await checkStore(db).get(checkId)) === null) throw new Refusal('not_found');
  return { target, checkId, checkKind, pattern, tag };
}

/**
 * Changes a silence that is in force. What it holds back no more is told at once.
 * @throws Refusal `not_found`, `nothing_failing`, `no_open_ticket`
 */
export async function changeSilence(parts: Parts, { id, ...asked }: ChangeAsked, caller: Caller): Promise<void> {
  const { transact, clock } = parts;
  const known = await silenceStore(parts.db).get(id);
  if (known === null) throw new Refusal('not_found');
  const scope = await scopeAfter(parts, known, asked);
  await transact(async (unit) => {
    const store = silenceStore(unit.db);
    if (!(await store.lock(id))) throw new Refusal('not_found');
    const before = (await store.get(id)) ?? known;
    const now = clock.now();
    const ends = asked.ends ?? before.ends;
    const isNewWait = ends !== 'moment' && ends !== before.ends;
    const until =
      asked.until === undefined
        ? isNewWait
          ? new Date(now.getTime() + longestWaitMs)
          : before.until
        : new Date(asked.until);
    const after: SilenceFields = {
      ...scope,
      below: asked.below ?? before.below,
      ends,
      until,
      reason: asked.reason ?? before.reason,
      unlessWorse: asked.unlessWorse ?? before.unlessWorse,
    };
    await store.change(id, after, actorOf(caller).name, now);
    const changed = await store.get(id);
    if (changed !== null && isNewWait) await prepareWait(unit, changed);
    await unit.live('watch.silence', id);
  });
  await tellHeldBack(parts);
}

/** What a silence waits for has to be there: something that fails, or a ticket that is open. */
async function prepareWait({ db }: Unit<'watch'>, silence: Silence): Promise<void> {
  const store = silenceStore(db);
  const failing = (await store.failing()).filter((each) => covers(silence, each));
  if (failing.length === 0) throw new Refusal('nothing_failing');
  if (silence.ends !== 'ticketClosed') return;
  const [ticket] = await store.openTickets(failing.map(({ checkId }) => checkId));
  if (ticket === undefined) throw new Refusal('no_open_ticket');
  await store.waitFor(silence.id, ticket);
}

/** Open silences whose moment or condition has come. */
async function overNow(db: Database<'watch'>, now: Date) {
  const store = silenceStore(db);
  const open = await store.open();
  if (open.length === 0) return [];
  const failing = open.some(({ ends }) => ends === 'cured') ? await store.failing() : [];
  const resolved = await store.resolvedAmong(open.flatMap(({ ticket }) => ticket?.id ?? []));
  return open.flatMap((silence) => {
    const why = overBecause(silence, {
      now,
      failing: failing.some((each) => covers(silence, each)),
      ticketOpen: silence.ticket !== null && !resolved.has(silence.ticket.id),
    });
    return why === null ? [] : [{ id: silence.id, why }];
  });
}

/** Ends the silences whose moment or condition has come. */
export async function endSilences({ db, transact, clock }: Pick<Parts, 'db' | 'transact' | 'clock'>): Promise<void> {
  // Asked every few seconds, and most of the time there is none: a transaction only when there is something to do.
  if ((await overNow(db, clock.now())).length === 0) return;
  await transact(async (unit) => {
    const at = clock.now();
    for (const { id, why } of await overNow(unit.db, at)) {
      await silenceStore(unit.db).end(id, { at, why, by: null });
      await unit.live('watch.silence', id);
    }
  });
}

/** Alerts that were raised in a silence and are still open though nothing holds them back. */
async function heldByNothing(db: Database<'watch'>, now: Date) {
  const held = await alertStore(db).openSilenced();
  if (held.length === 0) return [];
  const silences = (await silenceStore(db).open()).filter(({ until }) => until > now);
  const workOn = await turnStore(db).coveredBy(now);
  return held.filter((alert) => heldBy(alert, silences, workOn) === null);
}

/** Tells the alerts that were raised in a silence and are still open though it has ended: nothing held back is forgotten. */
export async function tellHeldBack({ db, transact, clock }: Pick<Parts, 'db' | 'transact' | 'clock'>): Promise<void> {
  if ((await heldByNothing(db, clock.now())).length === 0) return;
  await transact(async (unit) => {
    for (const alert of await heldByNothing(unit.db, clock.now())) {
      await alertStore(unit.db).unsilence(alert.id);
      await unit.publish('watch.alertChanged', { ...alertFact(alert), silenced: false, how: 'told' });
      await unit.live('watch.alert', alert.id, { open: true });
    }
  });
}
