import type { Modules } from '../app/modules.ts';
import { checks, lookedOf, type InventedCheck } from './company/checks.ts';
import { clearedHost, slowService } from './company/stories.ts';
import { pastDays } from './imagine-past.ts';
import type { Outage } from './incident-moves.ts';
import { inventResult } from './invent-result.ts';
import { measure, type Looked } from './measure.ts';
import type { Company } from './settle-company.ts';
import type { Stage } from './stage.ts';

type History = Modules['watch']['history'];
type PastRun = Parameters<History['addMeasurements']>[1][number];
type PastHours = Parameters<History['addMeasurements']>[2][number];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Single runs are brought along for a day, and for the hours around each outage of the days for which they are kept. */
const runHours = 26;
/** As dense as a chart of so many minutes shows them: older runs stand further apart. */
const density = [
  { minutes: 80, everyMinutes: 1 },
  { minutes: 6.5 * 60, everyMinutes: 2 },
  { minutes: runHours * 60, everyMinutes: 5 },
];
const aroundOutageMs = 2 * hourMs;

/** The further back, the wider the hours stand apart: charts of long spans draw no more points than that anyway. */
const tiers = [
  { days: 15, everyHours: 1 },
  { days: 33, everyHours: 3 },
  { days: 95, everyHours: 12 },
  { days: pastDays, everyHours: 24 },
];

export function floorHour(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

/** Now, and the oldest moment of an outage whose runs still have room. */
interface Moment {
  readonly nowMs: number;
  readonly oldestMs: number;
}

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly stepMs: number;
}

function spansOf(outages: readonly Outage[], { nowMs, oldestMs }: Moment): Span[] {
  let untilMs = nowMs;
  const lastDay = density.map(({ minutes, everyMinutes }): Span => {
    const span = { fromMs: nowMs - minutes * minuteMs, untilMs, stepMs: everyMinutes * minuteMs };
    untilMs = span.fromMs;
    return span;
  });
  const around = outages
    .filter(({ fromMs }) => fromMs > oldestMs)
    .map((outage) => ({
      fromMs: outage.fromMs - aroundOutageMs,
      untilMs: Math.min(nowMs, (outage.untilMs ?? nowMs) + aroundOutageMs),
      stepMs: minuteMs,
    }));
  return [...around, ...lastDay];
}

function failingAt(outages: readonly Outage[], atMs: number): Outage['failing'] | null {
  return (
    outages.find(({ fromMs, untilMs }) => atMs >= fromMs && atMs < (untilMs ?? Number.POSITIVE_INFINITY))?.failing ??
    null
  );
}

/** What is to be odd has to be known for longer than others. */
const learntMs = 9 * dayMs;

function isLearnt({ kind, on }: InventedCheck): boolean {
  return kind === 'http' && on.name === slowService;
}

function learntSpan(nowMs: number): Span {
  return { fromMs: nowMs - learntMs, untilMs: nowMs, stepMs: 5 * minuteMs };
}

/** The runs of one check that are brought along. */
export function pastRuns(check: InventedCheck, outages: readonly Outage[], moment: Moment): PastRun[] {
  const looked = { ...lookedOf(check), presentMs: moment.nowMs };
  const { intervalMs } = check;
  const times = new Set<number>();
  const spans = [...spansOf(outages, moment), ...(isLearnt(check) ? [learntSpan(moment.nowMs)] : [])];
  for (const { fromMs, untilMs, stepMs } of spans) {
    const step = Math.max(intervalMs, stepMs);
    for (let atMs = Math.ceil(fromMs / step) * step; atMs < untilMs; atMs += step) times.add(atMs);
  }
  // The first failing run is the outage's own beginning: incidents tell that moment.
  for (const { fromMs } of outages) if (fromMs > moment.oldestMs) times.add(fromMs);
  return [...times]
    .toSorted((one, other) => one - other)
    .map((atMs) => ({ at: new Date(atMs), outcome: inventResult(looked, failingAt(outages, atMs), atMs) }));
}

/** The hours of one check, from the first day on. A few moments stand for each hour. */
export function pastHours(looked: Looked, outages: readonly Outage[], nowMs: number): PastHours[] {
  const begin = Math.floor(nowMs / dayMs) * dayMs;
  const found = new Set<number>();
  let fromDays = 0;
  for (const { days, everyHours } of tiers) {
    const step = everyHours * hourMs;
    for (let atMs = begin - fromDays * dayMs - step; atMs >= begin - days * dayMs; atMs -= step) found.add(atMs);
    fromDays = days;
  }
  for (let atMs = begin; atMs < nowMs - hourMs; atMs += hourMs) found.add(atMs);
  // The hours around an outage are drawn on its incident and in its report.
  for (const { fromMs, untilMs } of outages)
    for (
      let atMs = floorHour(fromMs) - 4 * hourMs;
      atMs < Math.min(nowMs, untilMs ?? nowMs) + 4 * hourMs;
      atMs += hourMs
    )
      if (atMs < nowMs - hourMs) found.add(atMs);
  const starts = [...found];
  const sampled = starts.map((atMs) => [7, 29, 51].map((minute) => measure(looked, atMs + minute * minuteMs)));
  return measure(looked, nowMs).map(({ name, unit }, place) => ({
    name,
    unit,
    hours: starts.map((atMs, index) => {
      const values = (sampled[index] ?? []).map((metrics) => metrics[place]?.value ?? 0);
      const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
      const max = Math.max(...values);
      return { at: new Date(atMs), count: 60, mean, min: Math.min(...values), max, p95: mean + (max - mean) * 0.8 };
    }),
  }));
}

/** Measurements of all checks up to the clock's moment, with their outages. */
export async function fillMeasurements(stage: Stage, company: Company, outages: readonly Outage[]): Promise<void> {
  const { history } = stage.modules.watch;
  const nowMs = stage.now().getTime();
  // A day for the hours before the outage and for the border of the days.
  const oldestMs = nowMs - (history.keptDays - 2) * dayMs;
  await history.begin(new Date(floorHour(nowMs)));
  for (const check of checks) {
    const checkId = company.checkIds.get(check);
    if (checkId === undefined) continue;
    const own = outages.filter((outage) => outage.check === check);
    await history.addMeasurements(
      checkId,
      pastRuns(check, own, { nowMs, oldestMs }),
      // Those of the disk that was cleared came along when that was recommended.
      check.kind === 'linux-host' && check.on.name === clearedHost
        ? []
        : pastHours({ ...lookedOf(check), presentMs: nowMs }, own, nowMs),
    );
  }
}
