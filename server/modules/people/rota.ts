import type { Layer } from '#contract/on-call.ts';
import { addDays, daysBetween, localTimeOf, momentOf, weekdayOf } from '#platform/zoned-time.ts';

/** A rota as decisions see it. */
export interface RotaPlan {
  readonly timeZone: string;
  readonly layers: readonly Layer[];
  /** Local dates of holidays. */
  readonly holidays: ReadonlySet<string>;
  /** Those that were accepted, in the order in which they were asked: a later one goes first. */
  readonly covers: readonly PlannedCover[];
}

export interface PlannedCover {
  readonly id: string;
  readonly personId: string;
  readonly from: Date;
  readonly until: Date;
}

/** Who is on call from one moment until another; nobody (null) is a gap. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
  readonly personId: string | null;
  readonly layer: string;
  readonly coverId: string | null;
}

interface Stretch {
  readonly from: Date;
  readonly until: Date;
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/** The turns of a layer that touch a stretch of time, whatever days and hours it is limited to. */
function turnsOf(zone: string, layer: Layer, { from, until }: Stretch): Span[] {
  const { startsOn, handOverAt, everyDays, personIds, name } = layer;
  const passed = daysBetween(startsOn, localTimeOf(zone, from).date);
  const begins = (turn: number): Date => momentOf(zone, addDays(startsOn, turn * everyDays), handOverAt);
  const turns: Span[] = [];
  // One turn earlier: that day's hand-over may still be to come.
  for (let turn = Math.max(0, Math.floor(passed / everyDays) - 1); begins(turn) < until; turn += 1) {
    const span = { from: begins(turn), until: begins(turn + 1) };
    if (span.until > from)
      turns.push({ ...span, personId: personIds[turn % personIds.length] ?? null, layer: name, coverId: null });
  }
  return turns;
}

/** When a layer is in force: the days and hours it is limited to. */
function windowsOf({ timeZone, holidays }: RotaPlan, layer: Layer, { from, until }: Stretch): Stretch[] {
  const { days, onHolidays } = layer;
  const begins = layer.from === '' ? '00:00' : layer.from;
  const ends = layer.until === '' ? '00:00' : layer.until;
  const windows: Stretch[] = [];
  const last = localTimeOf(timeZone, until).date;
  // From the day before: its window may end on the first.
  for (let date = addDays(localTimeOf(timeZone, from).date, -1); date <= last; date = addDays(date, 1)) {
    const fits = days.length === 0 || days.includes(weekdayOf(date));
    const festive = onHolidays === 'same' || holidays.has(date) === (onHolidays === 'only');
    if (!fits || !festive) continue;
    const endDate = ends > begins ? date : addDays(date, 1);
    windows.push({ from: momentOf(timeZone, date, begins), until: momentOf(timeZone, endDate, ends) });
  }
  return windows;
}

function withinWindows(turns: readonly Span[], windows: readonly Stretch[]): Span[] {
  return windows.flatMap((window) =>
    turns
      .map((turn) => ({ ...turn, from: later(turn.from, window.from), until: earlier(turn.until, window.until) }))
      .filter(({ from, until }) => from < until),
  );
}

function spansOf(plan: RotaPlan, layer: Layer, stretch: Stretch): Span[] {
  const turns = turnsOf(plan.timeZone, layer, stretch);
  const always = layer.days.length === 0 && layer.from === '' && layer.until === '' && layer.onHolidays === 'same';
  return always ? turns : withinWindows(turns, windowsOf(plan, layer, stretch));
}

/** What is left of a span where none of the others is. */
function without(span: Span, others: readonly Stretch[]): Span[] {
  let rest = [span];
  for (const other of others) {
    if (other.until <= span.from || other.from >= span.until) continue;
    rest = rest.flatMap((piece) => [
      { ...piece, until: earlier(piece.until, other.from) },
      { ...piece, from: later(piece.from, other.until) },
    ]);
    rest = rest.filter(({ from, until }) => from < until);
  }
  return rest;
}

function overlaid(lower: readonly Span[], upper: readonly Span[]): Span[] {
  return [...lower.flatMap((span) => without(span, upper)), ...upper];
}

function isContinued(one: Span | undefined, next: Span): one is Span {
  return (
    one !== undefined &&
    one.until.getTime() === next.from.getTime() &&
    one.personId === next.personId &&
    one.layer === next.layer &&
    one.coverId === next.coverId
  );
}

/**
 * Who is on call from one moment until another: each moment belongs to exactly one span. The latest accepted cover goes
 * first, then the last layer that has somebody; where nobody is, the span has no person.
 */
export function shiftsOf(plan: RotaPlan, from: Date, until: Date): Span[] {
  const stretch = { from, until };
  let spans: Span[] = [{ ...stretch, personId: null, layer: '', coverId: null }];
  for (const layer of plan.layers) spans = overlaid(spans, spansOf(plan, layer, stretch));
  for (const { id, personId, ...when } of plan.covers)
    spans = overlaid(spans, [{ ...when, personId, layer: '', coverId: id }]);
  const clipped = spans
    .map((span) => ({ ...span, from: later(span.from, from), until: earlier(span.until, until) }))
    .filter((span) => span.from < span.until)
    .toSorted((one, other) => one.from.getTime() - other.from.getTime());
  const merged: Span[] = [];
  for (const span of clipped) {
    const before = merged.at(-1);
    if (isContinued(before, span)) merged[merged.length - 1] = { ...before, until: span.until };
    else merged.push(span);
  }
  return merged;
}

/** Who is on call at a moment; null where nobody is. */
export function onCallAt(plan: RotaPlan, at: Date): string | null {
  return shiftsOf(plan, at, new Date(at.getTime() + 1))[0]?.personId ?? null;
}
