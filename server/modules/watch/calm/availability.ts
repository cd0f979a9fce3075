import type { State } from '#contract/alert.ts';
import type { ExclusionKind } from '#contract/availability.ts';

/** One confirmed change of a check's state. Times are epoch milliseconds. */
export interface Change {
  readonly atMs: number;
  /** The first result that differed, and the last that had not; the truth changed between the two. */
  readonly firstMs: number | null;
  readonly agreedMs: number | null;
  readonly from: State;
  readonly to: State;
  /** Why nothing is known from then on, when that is a reason to leave the time out. */
  readonly excluded: { readonly kind: ExclusionKind; readonly why: string } | null;
}

/** A span to be left out, or one in which nobody looked. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Exclusion extends Span {
  readonly kind: ExclusionKind;
  readonly why: string;
}

/** What is known of one check. */
export interface CheckPast {
  /** Since when it is watched. */
  readonly watchedMs: number;
  readonly intervalMs: number;
  /** As it is now; used when it never changed. */
  readonly state: State;
  /** Oldest first; the first may lie before the period. */
  readonly changes: readonly Change[];
  /** Agreed work. */
  readonly exclusions: readonly Exclusion[];
  /** Spans in which Vigie did not look. */
  readonly blind: readonly Span[];
}

/** How it is in one stretch of time; `out` does not count. */
export type Phase = State | 'out';

export interface Stretch extends Span {
  readonly phase: Phase;
}

/** A period told twice: with outages as long as they may have been, and as short. */
export interface Timelines {
  readonly worst: readonly Stretch[];
  readonly best: readonly Stretch[];
  readonly exclusions: readonly Exclusion[];
}

const isDown = (state: State): boolean => state === 'down' || state === 'unreachable';

/** The moments between which the truth changed. What is not known begins with the last good result and ends with the first. */
function edges({ atMs, firstMs, agreedMs, from, to }: Change, intervalMs: number): { early: number; late: number } {
  const late = Math.min(firstMs ?? atMs, atMs);
  const early = Math.min(agreedMs ?? late - intervalMs, late);
  if (to === 'unknown') return { early, late: early };
  if (from === 'unknown') return { early: late, late };
  return { early, late };
}

/** When one state gives way to the other, if outages are told as long (`worst`) or as short as they may have been. */
function boundary(change: Change, intervalMs: number, worst: boolean): number {
  const { early, late } = edges(change, intervalMs);
  const goesDown = isDown(change.to) && !isDown(change.from);
  const comesUp = isDown(change.from) && !isDown(change.to);
  if (goesDown) return worst ? early : late;
  if (comesUp) return worst ? late : early;
  return late;
}

function stretchesOf(past: CheckPast, period: Span, worst: boolean): Stretch[] {
  const fromMs = Math.max(period.fromMs, past.watchedMs);
  const { untilMs } = period;
  if (fromMs >= untilMs) return [];
  const stretches: Stretch[] = [];
  let beganMs = fromMs;
  let phase: Phase = past.changes[0]?.from ?? past.state;
  for (const change of past.changes) {
    const at = Math.min(untilMs, Math.max(beganMs, boundary(change, past.intervalMs, worst)));
    if (at > beganMs) stretches.push({ fromMs: beganMs, untilMs: at, phase });
    beganMs = at;
    phase = change.to === 'unknown' && change.excluded !== null ? 'out' : change.to;
  }
  if (beganMs < untilMs) stretches.push({ fromMs: beganMs, untilMs, phase });
  return stretches;
}

/** Lays spans over stretches: within them another phase counts. */
function overlay(stretches: readonly Stretch[], spans: readonly Span[], phase: Phase): Stretch[] {
  if (spans.length === 0) return [...stretches];
  const sorted = spans.toSorted((one, other) => one.fromMs - other.fromMs);
  const laid: Stretch[] = [];
  let index = 0;
  for (const stretch of stretches) {
    let { fromMs } = stretch;
    while (index > 0 && (sorted[index - 1]?.untilMs ?? 0) > fromMs) index -= 1;
    for (; index < sorted.length; index += 1) {
      const span = sorted[index];
      if (span === undefined || span.fromMs >= stretch.untilMs) break;
      if (span.untilMs <= fromMs) continue;
      if (span.fromMs > fromMs) laid.push({ ...stretch, fromMs, untilMs: span.fromMs });
      const untilMs = Math.min(span.untilMs, stretch.untilMs);
      // What is left out already stays left out.
      laid.push({ fromMs: Math.max(fromMs, span.fromMs), untilMs, phase: stretch.phase === 'out' ? 'out' : phase });
      fromMs = untilMs;
      if (span.untilMs > stretch.untilMs) break;
    }
    if (fromMs < stretch.untilMs) laid.push({ ...stretch, fromMs });
  }
  return laid;
}

/** Spans of changes that lead to where nothing counts. */
function ownExclusions(past: CheckPast, period: Span): Exclusion[] {
  return past.changes.flatMap((change, index) => {
    if (change.to !== 'unknown' || change.excluded === null) return [];
    const next = past.changes[index + 1];
    const fromMs = Math.max(period.fromMs, boundary(change, past.intervalMs, true));
    const untilMs = Math.min(
      period.untilMs,
      next === undefined ? period.untilMs : boundary(next, past.intervalMs, true),
    );
    return fromMs < untilMs ? [{ fromMs, untilMs, ...change.excluded }] : [];
  });
}

/** The period of one check. */
export function timelinesOf(past: CheckPast, period: Span): Timelines {
  const told = (worst: boolean): Stretch[] => {
    const seen = overlay(stretchesOf(past, period, worst), past.blind, 'unknown');
    return overlay(seen, past.exclusions, 'out');
  };
  const agreed = past.exclusions.flatMap((each) => {
    const fromMs = Math.max(each.fromMs, period.fromMs, past.watchedMs);
    const untilMs = Math.min(each.untilMs, period.untilMs);
    return fromMs < untilMs ? [{ ...each, fromMs, untilMs }] : [];
  });
  return { worst: told(true), best: told(false), exclusions: [...ownExclusions(past, period), ...agreed] };
}

const badness: Readonly<Record<Phase, number>> = { out: 0, up: 1, degraded: 2, unknown: 3, unreachable: 4, down: 5 };

/** Several as one that is well only when all are: what is down counts first, then what is not known. */
function worstOf(all: readonly (readonly Stretch[])[]): Stretch[] {
  const only = all.length === 1 ? all[0] : undefined;
  if (only !== undefined) return [...only];
  const marks = [...new Set(all.flatMap((each) => each.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs])))].toSorted(
    (one, other) => one - other,
  );
  const places = all.map(() => 0);
  const combined: Stretch[] = [];
  for (let mark = 0; mark + 1 < marks.length; mark += 1) {
    const fromMs = marks[mark] ?? 0;
    const untilMs = marks[mark + 1] ?? 0;
    let phase: Phase | null = null;
    for (const [which, stretches] of all.entries()) {
      let place = places[which] ?? 0;
      while ((stretches[place]?.untilMs ?? Number.POSITIVE_INFINITY) <= fromMs) place += 1;
      places[which] = place;
      const stretch = stretches[place];
      if (stretch === undefined || stretch.fromMs > fromMs) continue;
      if (phase === null || badness[stretch.phase] > badness[phase]) phase = stretch.phase;
    }
    const last = combined.at(-1);
    if (phase === null) continue;
    if (last?.phase === phase && last.untilMs === fromMs) combined[combined.length - 1] = { ...last, untilMs };
    else combined.push({ fromMs, untilMs, phase });
  }
  return combined;
}

/** Several checks as one thing that is there only when all of them say so. */
export function combineTimelines(all: readonly Timelines[]): Timelines {
  return {
    worst: worstOf(all.map(({ worst }) => worst)),
    best: worstOf(all.map(({ best }) => best)),
    exclusions: all.flatMap(({ exclusions }) => exclusions),
  };
}

/** Sums over a period. Seconds; `low` and `high` are per cent, null when nothing is known. */
export interface Figures {
  readonly low: number | null;
  readonly high: number | null;
  readonly counted: number;
  readonly up: number;
  readonly degraded: number;
  readonly down: number;
  readonly downLeast: number;
  readonly downMost: number;
  readonly unreachable: number;
  readonly unknown: number;
  readonly outages: number;
  readonly longestOutage: number;
}

function sum(stretches: readonly Stretch[], ...phases: readonly Phase[]): number {
  let ms = 0;
  for (const { fromMs, untilMs, phase } of stretches) if (phases.includes(phase)) ms += untilMs - fromMs;
  return ms / 1_000;
}

function outagesOf(stretches: readonly Stretch[]): { count: number; longest: number } {
  let count = 0;
  let longest = 0;
  let beganMs: number | null = null;
  let lastMs = 0;
  for (const { fromMs, untilMs, phase } of stretches) {
    if (phase !== 'down' && phase !== 'unreachable') {
      beganMs = null;
      continue;
    }
    if (beganMs === null || fromMs !== lastMs) {
      beganMs = fromMs;
      count += 1;
    }
    lastMs = untilMs;
    longest = Math.max(longest, (untilMs - beganMs) / 1_000);
  }
  return { count, longest };
}

/** What a period comes to. */
export function figuresOf({ worst, best }: Timelines): Figures {
  const downMost = sum(worst, 'down', 'unreachable');
  const downLeast = sum(best, 'down', 'unreachable');
  const unknown = sum(worst, 'unknown');
  const counted = sum(worst, 'up', 'degraded', 'down', 'unreachable', 'unknown');
  const knownWorst = counted - unknown;
  const upBest = sum(best, 'up', 'degraded');
  const knownBest = upBest + downLeast;
  const outages = outagesOf(worst);
  const down = (downLeast + downMost) / 2;
  return {
    low: knownWorst <= 0 ? null : (1 - downMost / knownWorst) * 100,
    high: knownBest <= 0 ? null : (upBest / knownBest) * 100,
    counted,
    up: Math.max(0, counted - unknown - down),
    degraded: sum(best, 'degraded'),
    down,
    downLeast,
    downMost,
    unreachable: sum(worst, 'unreachable'),
    unknown,
    outages: outages.count,
    longestOutage: outages.longest,
  };
}

/** The mean of several, as of one that is there as much as they are together. */
export function meanFigures(all: readonly Figures[]): Figures {
  const total = (pick: (each: Figures) => number): number => all.reduce((so, each) => so + pick(each), 0);
  const known = total(({ counted, unknown }) => counted - unknown);
  const downMost = total((each) => each.downMost);
  const downLeast = total((each) => each.downLeast);
  return {
    low: known <= 0 ? null : Math.max(0, (1 - downMost / known) * 100),
    high: known <= 0 ? null : (1 - downLeast / known) * 100,
    counted: total((each) => each.counted),
    up: total((each) => each.up),
    degraded: total((each) => each.degraded),
    down: total((each) => each.down),
    downLeast,
    downMost,
    unreachable: total((each) => each.unreachable),
    unknown: total((each) => each.unknown),
    outages: total((each) => each.outages),
    longestOutage: Math.max(0, ...all.map((each) => each.longestOutage)),
  };
}
