import type { BusinessCalendar, PromiseStep } from '#contract/desk-levels.ts';
import type { Ticket } from '#contract/desk.ts';
import type { Language } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';
import { addDays } from '#platform/zoned-time.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import type { BusinessTime } from './business-time.ts';
import { clocksOf, type Clock } from './clocks.ts';
import { nearMs, policyFor, stepMs, targetsOf } from './policy.ts';
import type { Needs } from '../needs.ts';
import { levelStore, stepKey, type KeptPolicy, type Reckoned, type TicketFacts } from './store-levels.ts';
import { settingStore } from '../many/store-settings.ts';
import { storyStore } from '../tickets/store-story.ts';
import { ticketStore, type TicketRecord } from '../tickets/store-tickets.ts';
import { vigie } from '../tickets/ticket-fact.ts';

/** A calendar with its holidays looked up. */
export interface OpenTime {
  readonly calendar: BusinessCalendar;
  readonly time: BusinessTime;
  readonly holidays: ReadonlyMap<string, string>;
}

/** Promises reach so far ahead. */
const aheadDays = 1_100;

/** A calendar's hours with the holidays from a moment on. */
export async function openTimeOf(
  { holidaysBetween }: Pick<Needs, 'holidaysBetween'>,
  calendar: BusinessCalendar,
  { from, now, language }: { from: Date; now: Date; language: Language },
): Promise<OpenTime> {
  const days = await holidaysBetween(
    calendar.holidays,
    addDays(from.toISOString().slice(0, 10), -1),
    addDays(now.toISOString().slice(0, 10), aheadDays),
    language,
  );
  const holidays = new Map(days.map(({ date, name }) => [date, name]));
  return {
    calendar,
    holidays,
    time: { timeZone: calendar.timeZone, week: calendar.week, closed: new Set(holidays.keys()) },
  };
}

/** The rules as they are now, with each calendar's holidays looked up once. */
export interface Rules {
  readonly policies: readonly KeptPolicy[];
  readonly times: ReadonlyMap<string, OpenTime>;
}

export async function rulesFor(
  { db }: Pick<Unit<'desk'>, 'db'>,
  needs: Needs,
  { from, now, language }: { from: Date; now: Date; language: Language },
): Promise<Rules> {
  const store = levelStore(db);
  const policies = (await store.policies()).filter(({ active }) => active);
  const used = new Set(policies.map(({ calendarId }) => calendarId));
  const times = new Map<string, OpenTime>();
  if (used.size > 0)
    for (const calendar of await store.calendars())
      if (used.has(calendar.id)) times.set(calendar.id, await openTimeOf(needs, calendar, { from, now, language }));
  return { policies, times };
}

/** The promises of a ticket by the rules, as they stand now. */
export function promisesOf(
  { policies, times }: Rules,
  ticket: TicketFacts,
  nowMs: number,
): { policy: KeptPolicy; open: OpenTime; clocks: readonly Clock[] } | null {
  const policy = policyFor(policies, ticket);
  const open = policy === null ? undefined : times.get(policy.calendarId);
  if (policy === null || open === undefined) return null;
  const terms = { time: open.time, targets: targetsOf(policy, ticket.priority), pausesFor: policy.pausesFor };
  return { policy, open, clocks: clocksOf(ticket.past, terms, nowMs) };
}

function reckoned(ticket: TicketFacts, found: ReturnType<typeof promisesOf>, taken: ReadonlySet<string>): Reckoned {
  const { id: ticketId, priority } = ticket;
  if (found === null)
    return { ticketId, policyId: null, priority, clocks: [], dueMs: null, warnMs: null, paused: false };
  const { policy, open, clocks } = found;
  const steps = (clock: Clock): number[] =>
    clock.state !== 'running'
      ? []
      : policy.steps.flatMap((step) => {
          if (step.goal !== clock.goal || taken.has(stepKey(clock, step.id))) return [];
          const at = stepMs(open.time, clock, step);
          return at === null || at < policy.changedAt.getTime() ? [] : [at];
        });
  const pending = clocks.filter(({ state, dueMs }) => (state === 'running' || state === 'paused') && dueMs !== null);
  const nearest = pending.toSorted((one, other) => (one.dueMs ?? 0) - (other.dueMs ?? 0))[0];
  return {
    ticketId,
    policyId: policy.id,
    priority,
    clocks: clocks.map((clock) => {
      const due = steps(clock);
      return { ...clock, stepAtMs: due.length === 0 ? null : Math.min(...due) };
    }),
    dueMs: nearest?.dueMs ?? null,
    warnMs: nearest === undefined ? null : nearMs(open.time, nearest),
    paused: clocks.some(({ goal, state }) => goal === 'resolution' && state === 'paused'),
  };
}

const raised: Readonly<Record<Ticket['priority'], Ticket['priority']>> = {
  low: 'normal',
  normal: 'high',
  high: 'critical',
  critical: 'critical',
};

async function giveTo(unit: Unit<'desk'>, ticket: TicketRecord, step: PromiseStep): Promise<string | null> {
  if (step.personId !== null) {
    const to = await storyStore(unit.db).assignable(step.personId);
    if (to === null || to.id === ticket.assignee?.id) return null;
    await ticketStore(unit.db).change(ticket.id, { assignee: to });
    return to.name;
  }
  const team = step.teamId === null ? null : await settingStore(unit.db).team(step.teamId);
  if (team === null || team.id === ticket.teamId) return null;
  await ticketStore(unit.db).change(ticket.id, { teamId: team.id, assignee: null });
  return team.name;
}

async function toldBy(unit: Unit<'desk'>, ticket: TicketRecord, step: PromiseStep): Promise<string[]> {
  const store = levelStore(unit.db);
  if (step.whom === 'person') return step.personId === null ? [] : [step.personId];
  const assigneeId = ticket.assignee?.id ?? null;
  if (step.whom === 'assignee' && assigneeId !== null) return [assigneeId];
  const teamId = step.teamId ?? ticket.teamId;
  return teamId === null ? [] : store.teamMembers(teamId);
}

/** Does what a step says; null when there is nothing to do any more. */
async function takeStep(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { step, clock, at }: { step: PromiseStep; clock: Clock; at: Date },
): Promise<void> {
  const dueAt = new Date(clock.dueMs ?? at.getTime()).toISOString();
  const over = (clock.dueMs ?? Infinity) <= at.getTime();
  let to: string | null = '';
  if (step.act === 'raise') {
    const priority = raised[ticket.priority];
    to = priority === ticket.priority ? null : priority;
    if (to !== null) await ticketStore(unit.db).change(ticket.id, { priority, priorityByHand: true });
  } else if (step.act === 'assign') to = await giveTo(unit, ticket, step);
  else {
    const personIds = await toldBy(unit, ticket, step);
    await unit.publish('desk.promiseNear', {
      ticketId: ticket.id,
      number: ticket.number,
      title: ticket.title,
      priority: ticket.priority,
      goal: clock.goal,
      dueAt,
      over,
      stepId: step.id,
      startedAt: new Date(clock.startedMs).toISOString(),
      personIds,
    });
    to = String(personIds.length);
  }
  if (to === null) return;
  await storyStore(unit.db).tell(ticket.id, {
    at,
    who: vigie,
    said: { code: 'promise_step', data: { goal: clock.goal, act: step.act, to, dueAt, over } },
  });
}

async function takeSteps(
  unit: Unit<'desk'>,
  found: NonNullable<ReturnType<typeof promisesOf>>,
  facts: TicketFacts,
  at: Date,
): Promise<void> {
  const { policy, open, clocks } = found;
  const store = levelStore(unit.db);
  for (const clock of clocks)
    for (const step of policy.steps) {
      if (clock.state !== 'running' || step.goal !== clock.goal) continue;
      const due = stepMs(open.time, clock, step);
      if (due === null || due > at.getTime() || due < policy.changedAt.getTime()) continue;
      if ((await store.stepsTaken(facts.id)).has(stepKey(clock, step.id))) continue;
      const ticket = await ticketStore(unit.db).get(facts.id);
      if (ticket === null) return;
      await store.takeStep(facts.id, clock, step.id, at);
      await takeStep(unit, ticket, { step, clock, at });
    }
}

/** Reckons the promises of tickets again, in a transaction that is under way, and takes the steps that are due. */
export async function reckonIn(unit: Unit<'desk'>, needs: Needs, ids: readonly string[], now: Date): Promise<void> {
  const store = levelStore(unit.db);
  // Held before they are taken off the list: whoever changes a ticket holds it before it comes onto the list.
  await store.hold(ids);
  await store.fresh(ids);
  const tickets = await store.facts(ids);
  const from = new Date(Math.min(now.getTime(), ...tickets.map(({ past }) => past.openedMs)));
  const rules = await rulesFor(unit, needs, { from, now, language: 'en' });
  const all = tickets.map((ticket) => ({ ticket, found: promisesOf(rules, ticket, now.getTime()) }));
  for (const { ticket, found } of all) if (found !== null) await takeSteps(unit, found, ticket, now);
  const taken = await store.allStepsTaken(all.flatMap(({ ticket, found }) => (found === null ? [] : [ticket.id])));
  const changed = await store.writeAll(
    all.map(({ ticket, found }) => reckoned(ticket, found, taken.get(ticket.id) ?? new Set())),
  );
  await unit.liveAll(changed.map((id) => ({ topic: 'desk.ticket', id })));
}

/** So many tickets are reckoned in one transaction: few enough that nobody waits for them. */
const batch = 50;
/** So many in one turn of the duty. */
const mostBatches = 40;

/** Reckons what changed since the last time, and takes the steps that are due. */
export async function keepPromises({ db, transact, clock, needs }: DeskParts): Promise<void> {
  // Most of the time there is nothing to do: one question instead of two transactions.
  if (!(await levelStore(db).isAnyDue(clock.now()))) return;
  for (let turn = 0; turn < mostBatches; turn++) {
    const done = await transact(async (unit) => {
      const ids = await levelStore(unit.db).stale(batch);
      if (ids.length > 0) await reckonIn(unit, needs, ids, clock.now());
      return ids.length;
    });
    if (done < batch) break;
  }
  await transact(async (unit) => {
    const ids = await levelStore(unit.db).stepsDue(clock.now(), batch);
    if (ids.length > 0) await reckonIn(unit, needs, ids, clock.now());
  });
}
