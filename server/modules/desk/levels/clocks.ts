import type { TicketState } from '#contract/desk.ts';
import { addOpen, countOpen, type BusinessTime, type Pause } from './business-time.ts';

/** What is promised: the first answer, the answer to each further word of the requester, the resolution. */
export type Goal = 'first' | 'next' | 'resolution';

/** From a moment on a ticket was in a state. */
export interface Stretch {
  readonly atMs: number;
  readonly state: TicketState;
  readonly waitingFor: string | null;
}

/** What a clock looks at of a ticket's past, in order. */
export interface Past {
  readonly openedMs: number;
  readonly hasRequester: boolean;
  readonly stretches: readonly Stretch[];
  /** Public words, and whose they were. */
  readonly words: readonly { readonly atMs: number; readonly by: 'requester' | 'operator' }[];
}

export type ClockState = 'running' | 'paused' | 'met' | 'missed' | 'dropped';

/** One promise of one ticket. */
export interface Clock {
  readonly goal: Goal;
  readonly startedMs: number;
  readonly targetMs: number;
  readonly state: ClockState;
  /** What was counted until the end, or until now. */
  readonly countedMs: number;
  /** Null while it is paused before its end. */
  readonly dueMs: number | null;
  readonly endedMs: number | null;
  readonly pauses: readonly PauseOf[];
}

export interface PauseOf extends Pause {
  readonly reason: string;
}

/** How long is promised for each goal; null: nothing is. In milliseconds of open time. */
export type Targets = Readonly<Record<Goal, number | null>>;

export interface Terms {
  readonly time: BusinessTime;
  readonly targets: Targets;
  /** Waiting for whom stops the clock of the resolution. */
  readonly pausesFor: readonly string[];
}

const quiet: readonly TicketState[] = ['solved', 'review', 'resolved', 'cancelled'];
const isQuiet = (state: TicketState): boolean => quiet.includes(state);

/** When the resolution does not count: waiting for somebody the terms name, and while it was thought to be done. */
export function pausesOf({ stretches }: Past, pausesFor: readonly string[]): PauseOf[] {
  const pauses: PauseOf[] = [];
  for (const [place, { atMs, state, waitingFor }] of stretches.entries()) {
    const untilMs = stretches[place + 1]?.atMs ?? Infinity;
    const reason = isQuiet(state)
      ? 'done'
      : state === 'waiting' && pausesFor.includes(waitingFor ?? 'other')
        ? (waitingFor ?? 'other')
        : null;
    if (reason === null || untilMs <= atMs) continue;
    const last = pauses.at(-1);
    if (last?.untilMs === atMs && last.reason === reason) pauses[pauses.length - 1] = { ...last, untilMs };
    else pauses.push({ fromMs: atMs, untilMs, reason });
  }
  return pauses;
}

interface Begun {
  readonly goal: Goal;
  readonly startedMs: number;
  readonly endedMs: number | null;
  readonly dropped: boolean;
  readonly pauses: readonly PauseOf[];
}

/** The end of a ticket, when it is at one now: `solved` and the like stand still as well. */
function endOf({ stretches }: Past): { atMs: number; cancelled: boolean } | null {
  const last = stretches.at(-1);
  if (last === undefined || !isQuiet(last.state)) return null;
  const back = stretches.findLastIndex(({ state }) => !isQuiet(state));
  return { atMs: stretches[back + 1]?.atMs ?? last.atMs, cancelled: last.state === 'cancelled' };
}

function firstGoal(past: Past, end: ReturnType<typeof endOf>): Begun {
  const answer = past.hasRequester
    ? past.words.find(({ by }) => by === 'operator')?.atMs
    : past.stretches.find(({ state }) => state !== 'open')?.atMs;
  const endedMs = answer ?? end?.atMs ?? null;
  return {
    goal: 'first',
    startedMs: past.openedMs,
    endedMs,
    dropped: answer === undefined && end?.cancelled === true,
    pauses: [],
  };
}

/** Each stretch in which the requester had the last word, after the first answer. */
function nextGoals({ words, hasRequester }: Past, end: ReturnType<typeof endOf>): Begun[] {
  const found: Begun[] = [];
  const first = words.findIndex(({ by }) => by === 'operator');
  if (!hasRequester || first === -1) return found;
  let askedMs: number | null = null;
  for (const { atMs, by } of words.slice(first + 1)) {
    if (by === 'requester') askedMs ??= atMs;
    else if (askedMs !== null) {
      found.push({ goal: 'next', startedMs: askedMs, endedMs: atMs, dropped: false, pauses: [] });
      askedMs = null;
    }
  }
  // A word of thanks after the end wants no answer.
  if (askedMs !== null && (end === null || end.atMs >= askedMs))
    found.push({ goal: 'next', startedMs: askedMs, endedMs: end?.atMs ?? null, dropped: end !== null, pauses: [] });
  return found;
}

function clockOf({ time, targets }: Terms, begun: Begun, nowMs: number): Clock[] {
  const { goal, startedMs, endedMs, dropped, pauses } = begun;
  const targetMs = targets[goal];
  if (targetMs === null) return [];
  const before = endedMs === null ? pauses : pauses.filter(({ fromMs }) => fromMs < endedMs);
  const countedMs = countOpen(time, startedMs, Math.max(startedMs, endedMs ?? nowMs), before);
  const dueMs = addOpen(time, startedMs, targetMs, before);
  const isPaused = endedMs === null && before.some(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
  const ended = dropped ? 'dropped' : dueMs === null || (endedMs ?? 0) <= dueMs ? 'met' : 'missed';
  const state: ClockState = endedMs !== null ? ended : isPaused ? 'paused' : 'running';
  return [{ goal, startedMs, targetMs, state, countedMs, dueMs, endedMs, pauses: before }];
}

/** Every promise that a ticket's past gives, as it stands at a moment. */
export function clocksOf(past: Past, terms: Terms, nowMs: number): Clock[] {
  const end = endOf(past);
  const resolution: Begun = {
    goal: 'resolution',
    startedMs: past.openedMs,
    endedMs: end?.atMs ?? null,
    dropped: end?.cancelled === true,
    pauses: pausesOf(past, terms.pausesFor),
  };
  return [firstGoal(past, end), ...nextGoals(past, end), resolution].flatMap((begun) => clockOf(terms, begun, nowMs));
}
