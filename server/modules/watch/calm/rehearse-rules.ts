import { setImmediate as breathe } from 'node:timers/promises';
import type { Rehearsal, Rule } from '#contract/rule.ts';
import type { watch } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Metric } from '#probe/check-kind.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { readRuns } from '../measurements/read-samples.ts';
import { readReason, reasonText } from '../states/reason-text.ts';
import { Replay, type Firing, type Manner, type PastSample } from './replay.ts';
import { checkStore } from '../checks/store-check.ts';
import { perDay } from './firings-per-day.ts';
import { pointStore, grainSeconds, type Grain } from '../measurements/store-points.ts';
import { rehearsalStore, type MatteringTicket } from './store-rehearsal.ts';
import { resultStore, verdictOf } from '../running/store-result.ts';
import { rollStore } from '../measurements/store-roll.ts';
import type { StoredCheck } from '../watched-check.ts';
import { metricUnits } from '../states/measure-text.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly clock: Clock;
}

type Asked = Parameters<Handlers<typeof watch>['rules']['rehearse']>[0];

const dayMs = 86_400_000;
/** Longer than this nobody waits for an answer; it then says how far it came. */
const longestMs = 12_000;
const mostFirings = 200;
const mostTickets = 50;
/** An alert this much earlier is still the same failure. */
const sameMs = 120_000;

interface Series {
  readonly position: number;
  readonly name: string;
  readonly unit: string;
}

/** Rules have no part in what the kind itself said. */
function ownSaying(
  verdict: PastSample['verdict'],
  reason: PastSample['reason'],
): Pick<PastSample, 'verdict' | 'reason'> {
  return reason.code.startsWith('rule_') ? { verdict: 'up', reason: { code: 'up', data: {} } } : { verdict, reason };
}

const cachedReason = new Map<string, PastSample['reason']>();

function reasonOf(text: string): PastSample['reason'] {
  const known = cachedReason.get(text) ?? readReason(text);
  if (cachedReason.size > 1_000) cachedReason.clear();
  cachedReason.set(text, known);
  return known;
}

async function rawDay(
  db: Database<'watch'>,
  { number }: StoredCheck,
  { series, from, until }: { readonly series: readonly Series[]; readonly from: Date; readonly until: Date },
): Promise<PastSample[]> {
  const runs = await readRuns(db, [number], from, until);
  return runs.map(({ atMs, verdict, reason, values }) => ({
    atMs,
    ...ownSaying(verdictOf(verdict), reasonOf(reason)),
    metrics: series.flatMap(({ position, name, unit }) => {
      const value = values[position - 1];
      return value === null || value === undefined || !Number.isFinite(value)
        ? []
        : [{ name, unit: metricUnits[unit] ?? 'number', value }];
    }),
  }));
}

/** Of a span only least, most and mean are kept: what may have broken a rule is taken, so that nothing is promised too much. */
function rolledSamples(
  points: Awaited<ReturnType<ReturnType<typeof pointStore>['points']>>,
  series: readonly Series[],
  rules: readonly Rule[],
): PastSample[] {
  const byTime = new Map<number, Metric[]>();
  for (const { position, name, unit } of series) {
    const lower = rules.some(
      ({ metric, operator }) =>
        (name === metric || name.startsWith(`${metric}:`)) && (operator === 'below' || operator === 'atMost'),
    );
    for (const { time, min, max } of points.get(position) ?? []) {
      const metric = { name, unit: metricUnits[unit] ?? 'number', value: lower ? min : max } as const;
      const known = byTime.get(time);
      if (known === undefined) byTime.set(time, [metric]);
      else known.push(metric);
    }
  }
  return [...byTime]
    .toSorted(([one], [other]) => one - other)
    .map(([time, metrics]) => ({ atMs: time * 1_000, verdict: 'up', reason: { code: 'up', data: {} }, metrics }));
}

interface Past {
  readonly rawFrom: Date;
  readonly rolledSeconds: number | null;
  readonly cut: boolean;
}

/** Plays the stored past for several manners at once, a day at a time so that others are served in between. */
async function playPast(
  { db, clock }: Parts,
  check: StoredCheck,
  { from, manners }: { readonly from: Date; readonly manners: readonly Manner[] },
  replays: readonly Replay[],
): Promise<Past> {
  const begun = steadyClock.nowMs();
  const now = clock.now();
  const series = await resultStore(db).series([check.number]);
  const retention = await rollStore(db).retention();
  const rawFrom = new Date(Math.max(from.getTime(), now.getTime() - retention.rawDays * dayMs));
  const rules = manners.flatMap((manner) => manner.rules);
  let rolledSeconds: number | null = null;
  if (from < rawFrom && rules.length > 0) {
    const fine = from.getTime() >= now.getTime() - retention.fiveMinuteDays * dayMs;
    const read = async (each: Grain): Promise<PastSample[]> =>
      rolledSamples(await pointStore(db).points(each, check.number, from, rawFrom), series, rules);
    const finest = fine ? await read('five_minutes') : [];
    const grain: Grain = finest.length > 0 ? 'five_minutes' : 'hours';
    const samples = finest.length > 0 ? finest : await read('hours');
    if (samples.length > 0) rolledSeconds = grainSeconds[grain];
    for (const replay of replays) {
      replay.feed(samples, grainSeconds[grain] * 1_000);
      await breathe();
    }
  }
  const holdMs = Math.max(check.intervalMs * 3, 30_000);
  for (let at = rawFrom.getTime(); at < now.getTime(); at += dayMs) {
    if (steadyClock.nowMs() - begun > longestMs) return { rawFrom, rolledSeconds, cut: true };
    const span = { from: new Date(at), until: new Date(Math.min(now.getTime(), at + dayMs)) };
    const samples = await rawDay(db, check, { series, ...span });
    for (const replay of replays) {
      replay.feed(samples, holdMs);
      await breathe();
    }
  }
  return { rawFrom, rolledSeconds, cut: false };
}

const sumOf = (firings: readonly Firing[], endMs: number): { count: number; seconds: number } => ({
  count: firings.length,
  seconds: Math.round(firings.reduce((so, { fromMs, untilMs }) => so + ((untilMs ?? endMs) - fromMs) / 1_000, 0)),
});

/** Whether an incident that mattered would have been told, and how much later than it was. */
function tellTicket(ticket: MatteringTicket, firings: readonly Firing[], endMs: number) {
  const fromMs = ticket.failingSince.getTime() - sameMs;
  const untilMs = ticket.clearedAt?.getTime() ?? endMs;
  const match = firings.find((firing) => firing.fromMs <= untilMs && (firing.untilMs ?? endMs) >= fromMs);
  return {
    ticketId: ticket.id,
    number: ticket.number,
    title: ticket.title,
    at: ticket.raisedAt.toISOString(),
    kept: match !== undefined,
    laterSeconds: match === undefined ? null : Math.round((match.fromMs - ticket.raisedAt.getTime()) / 1_000),
  };
}

function median(values: readonly number[]): number | null {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? null;
}

let rehearsing = 0;
const mostAtOnce = 2;

/**
 * What rules, confirmation and interval would have done with what is stored of the past. Nothing is changed.
 * @throws Refusal `not_found`; `busy` while others rehearse
 */
export async function rehearseRules(parts: Parts, asked: Asked, language: Language): Promise<Rehearsal> {
  const check = await checkStore(parts.db).get(asked.id);
  if (check === null) throw new Refusal('not_found');
  if (rehearsing >= mostAtOnce) throw new Refusal('busy');
  rehearsing += 1;
  try {
    return await rehearse(parts, check, asked, language);
  } finally {
    rehearsing -= 1;
  }
}

async function rehearse(parts: Parts, check: StoredCheck, asked: Asked, language: Language): Promise<Rehearsal> {
  const now = parts.clock.now();
  const from = new Date(now.getTime() - asked.days * dayMs);
  const { rules, sensitivity, intervalMs } = check;
  const manners: readonly [Manner, Manner] = [
    { rules, sensitivity, intervalMs },
    {
      rules: asked.rules ?? rules,
      sensitivity: asked.sensitivity ?? sensitivity,
      intervalMs: asked.intervalSeconds === undefined ? intervalMs : asked.intervalSeconds * 1_000,
    },
  ];
  const [was, would] = [new Replay(manners[0]), new Replay(manners[1])];
  const past = await playPast(parts, check, { from, manners }, [was, would]);
  for (const replay of [was, would]) replay.end();
  const endMs = now.getTime();
  const tickets = (await rehearsalStore(parts.db).mattering(check.id, past.rawFrom, language, mostTickets)).map(
    (each) => tellTicket(each, would.firings, endMs),
  );
  return {
    from: from.toISOString(),
    until: now.toISOString(),
    rawFrom: past.rawFrom.toISOString(),
    rolledSeconds: past.rolledSeconds,
    measuredSeconds: intervalMs / 1_000,
    triedSeconds: manners[1].intervalMs / 1_000,
    was: sumOf(was.firings, endMs),
    wouldBe: sumOf(would.firings, endMs),
    firings: would.firings
      .toReversed()
      .slice(0, mostFirings)
      .map(({ fromMs, untilMs, state, reason }) => ({
        from: new Date(fromMs).toISOString(),
        until: untilMs === null ? null : new Date(untilMs).toISOString(),
        state,
        summary: reasonText(check.kind, reason, language),
      })),
    perDay: perDay({ from, now }, was.firings, would.firings),
    more: Math.max(0, would.firings.length - mostFirings),
    tickets: {
      kept: tickets.filter(({ kept }) => kept).length,
      lost: tickets.filter(({ kept }) => !kept).length,
      laterSeconds: median(tickets.flatMap(({ laterSeconds }) => laterSeconds ?? [])),
      items: tickets,
    },
    cut: past.cut,
  };
}
