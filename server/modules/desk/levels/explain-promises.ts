import type { PromiseAccount } from '#contract/desk-levels.ts';
import type { TicketPromise } from '#contract/desk-promise.ts';
import type { Ticket } from '#contract/desk.ts';
import type { Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { accountOf } from './account.ts';
import type { Clock } from './clocks.ts';
import { stepMs } from './policy.ts';
import { promisesOf, rulesFor, type OpenTime } from './reckon-promises.ts';
import { levelStore, stepKey, type KeptPolicy, type TicketFacts } from './store-levels.ts';

const iso = (atMs: number | null): string | null =>
  atMs === null || !Number.isFinite(atMs) ? null : new Date(atMs).toISOString();

function promise(clock: Clock, policy: KeptPolicy, language: Language): TicketPromise {
  return {
    goal: clock.goal,
    state: clock.state,
    policy: policy.name[language],
    startedAt: new Date(clock.startedMs).toISOString(),
    dueAt: iso(clock.dueMs),
    endedAt: iso(clock.endedMs),
    targetSeconds: clock.targetMs / 1_000,
    countedSeconds: Math.floor(clock.countedMs / 1_000),
  };
}

/** So many days are told one by one. */
const mostDays = 60;

function account(clock: Clock, { policy, open, taken, nowMs, language }: Told): PromiseAccount {
  const all = accountOf(
    open.time,
    { fromMs: clock.startedMs, untilMs: Math.max(clock.startedMs, clock.endedMs ?? nowMs), pauses: clock.pauses },
    open.holidays,
  );
  const days = all.slice(-mostDays);
  return {
    ...promise(clock, policy, language),
    calendar: open.calendar.name[language],
    timeZone: open.calendar.timeZone,
    days,
    earlierSeconds: all.slice(0, -mostDays).reduce((sum, { countedSeconds }) => sum + countedSeconds, 0),
    pauses: clock.pauses.map(({ fromMs, untilMs, reason }) => ({
      from: new Date(fromMs).toISOString(),
      until: iso(untilMs),
      reason,
    })),
    steps: policy.steps
      .filter(({ goal }) => goal === clock.goal)
      .map((step) => ({
        ...step,
        dueAt: iso(stepMs(open.time, clock, step)),
        takenAt: taken.get(stepKey(clock, step.id))?.toISOString() ?? null,
      })),
  };
}

interface Told {
  readonly policy: KeptPolicy;
  readonly open: OpenTime;
  readonly taken: ReadonlyMap<string, Date>;
  readonly nowMs: number;
  readonly language: Language;
}

/** A ticket's past as it would go on if it waited for its requester from now until a moment. */
function pausedFrom(ticket: TicketFacts, nowMs: number, untilMs: number): TicketFacts {
  const last = ticket.past.stretches.at(-1);
  if (untilMs <= nowMs || last === undefined) return ticket;
  const stretches = [
    ...ticket.past.stretches,
    { atMs: nowMs, state: 'waiting' as const, waitingFor: 'requester' },
    { atMs: untilMs, state: 'in_progress' as const, waitingFor: null },
  ];
  return { ...ticket, past: { ...ticket.past, stretches } };
}

interface Asked {
  readonly priority?: Ticket['priority'] | undefined;
  readonly pausedUntil?: string | undefined;
}

async function found(parts: DeskParts, id: string, { priority, pausedUntil }: Asked, language: Language) {
  const [ticket] = await levelStore(parts.db).facts([id]);
  if (ticket === undefined) throw new Refusal('not_found');
  const now = parts.clock.now();
  const rules = await rulesFor(parts, parts.needs, { from: new Date(ticket.past.openedMs), now, language });
  const asked = { ...ticket, priority: priority ?? ticket.priority };
  const past = pausedUntil === undefined ? asked : pausedFrom(asked, now.getTime(), Date.parse(pausedUntil));
  return { promises: promisesOf(rules, past, now.getTime()), nowMs: now.getTime() };
}

/** How the promises of a ticket stand now, in few words. */
export async function promisesNow(parts: DeskParts, id: string, language: Language): Promise<TicketPromise[]> {
  const { promises } = await found(parts, id, {}, language);
  return promises === null ? [] : promises.clocks.map((clock) => promise(clock, promises.policy, language));
}

/** The promises of a ticket, day by day; also as they would be with another priority or a pause. */
export async function explainPromises(
  parts: DeskParts,
  id: string,
  asked: Asked,
  language: Language,
): Promise<PromiseAccount[]> {
  const { promises, nowMs } = await found(parts, id, asked, language);
  if (promises === null) return [];
  const taken = await levelStore(parts.db).stepsTaken(id);
  return promises.clocks.map((clock) => account(clock, { ...promises, taken, nowMs, language }));
}
