import type { Rule, RuleOperator } from '#contract/rule.ts';
import type { Verdict } from '#contract/watch.ts';
import type { Metric, Reason } from '#probe/check-kind.ts';

/** How one limit of one rule stands for one measurement. */
interface Limit {
  /** Broken for long enough; it stays so until the value is back by the margin. */
  readonly broken: boolean;
  /** Since when the value is beyond the limit without a break; null when it is not. */
  readonly sinceMs: number | null;
}

interface MetricStanding {
  readonly degraded: Limit;
  readonly down: Limit;
  readonly lastMs: number;
}

/** What rules remember between results, by rule and measurement. */
export type RuleStandings = ReadonlyMap<string, MetricStanding>;

/** What came of the rules for one result. */
export interface Ruled {
  readonly verdict: Verdict;
  /** Null when the result's own reason is the one to tell. */
  readonly reason: Reason | null;
  readonly standings: RuleStandings;
}

/** One result as far as rules look at it. */
export interface Measured {
  readonly verdict: Verdict;
  readonly metrics: readonly Metric[];
  readonly atMs: number;
}

const kept: Limit = { broken: false, sinceMs: null };
const rank: Readonly<Record<Verdict, number>> = { unknown: -1, up: 0, degraded: 1, down: 2 };

const beyond: Readonly<Record<RuleOperator, (value: number, limit: number) => boolean>> = {
  above: (value, limit) => value > limit,
  atLeast: (value, limit) => value >= limit,
  below: (value, limit) => value < limit,
  atMost: (value, limit) => value <= limit,
  equals: (value, limit) => value === limit,
  differs: (value, limit) => value !== limit,
};

/** The limit moved to where a broken one counts as kept again. */
function clearingLimit({ operator, margin }: Rule, limit: number): number {
  if (operator === 'above' || operator === 'atLeast') return limit - margin;
  return operator === 'below' || operator === 'atMost' ? limit + margin : limit;
}

/** Steps one limit. `maxGapMs`: measurements further apart do not make one unbroken span. */
function step(
  before: Limit,
  rule: Rule,
  { limit, value, atMs, gap }: { limit: number | null; value: number; atMs: number; gap: boolean },
): Limit {
  if (limit === null) return kept;
  const isBeyond = beyond[rule.operator](value, limit);
  if (before.broken) {
    const cleared = !beyond[rule.operator](value, clearingLimit(rule, limit));
    return cleared ? kept : { broken: true, sinceMs: before.sinceMs };
  }
  if (!isBeyond) return kept;
  const sinceMs = gap ? atMs : (before.sinceMs ?? atMs);
  return { broken: atMs - sinceMs >= rule.forSeconds * 1_000, sinceMs };
}

interface Broken {
  readonly verdict: 'degraded' | 'down' | 'unknown';
  readonly reason: Reason;
}

function stepMetric(
  rule: Rule,
  before: MetricStanding | undefined,
  { metric, atMs, maxGapMs }: { metric: Metric; atMs: number; maxGapMs: number },
): { standing: MetricStanding; broken: Broken | null } {
  const gap = before !== undefined && atMs - before.lastMs > maxGapMs;
  const at = { value: metric.value, atMs, gap };
  const down = step(before?.down ?? kept, rule, { limit: rule.down, ...at });
  const degraded = step(before?.degraded ?? kept, rule, { limit: rule.degraded, ...at });
  const standing = { degraded, down, lastMs: atMs };
  const level = down.broken ? 'down' : degraded.broken ? 'degraded' : null;
  if (level === null) return { standing, broken: null };
  const limit = rule[level] ?? 0;
  const { name, unit, value } = metric;
  const { operator, forSeconds, margin } = rule;
  // Within the margin the value itself is on the good side: the sentence then tells what it waits for.
  const code = beyond[operator](value, limit) ? 'rule_broken' : 'rule_not_clear';
  const data = { metric: name, unit, value, limit, operator, forSeconds, clear: clearingLimit(rule, limit), margin };
  return { standing, broken: { verdict: level, reason: { code, data } } };
}

function stepMissing(
  rule: Rule,
  before: MetricStanding | undefined,
  { atMs, maxGapMs }: { atMs: number; maxGapMs: number },
): { standing: MetricStanding; broken: Broken | null } {
  const gap = before !== undefined && atMs - before.lastMs > maxGapMs;
  const sinceMs = gap ? atMs : (before?.degraded.sinceMs ?? atMs);
  const isBroken = atMs - sinceMs >= rule.forSeconds * 1_000;
  const standing = { degraded: { broken: isBroken, sinceMs }, down: kept, lastMs: atMs };
  const data = { metric: rule.metric, forSeconds: rule.forSeconds };
  if (!isBroken || rule.missing === 'ignore') return { standing, broken: null };
  return { standing, broken: { verdict: rule.missing, reason: { code: 'rule_no_data', data } } };
}

function fits(rule: Rule, name: string): boolean {
  return name === rule.metric || name.startsWith(`${rule.metric}:`);
}

/**
 * Holds a result against the rules of its check. The worse of what the kind says and what the rules say counts; of two
 * that are equally bad, the kind's. What could not be measured at all (`unknown`, `down`) leaves the rules as they stand.
 */
export function judgeRules(
  rules: readonly Rule[],
  before: RuleStandings,
  { verdict, metrics, atMs }: Measured,
  maxGapMs: number,
): Ruled {
  if (rules.length === 0) return { verdict, reason: null, standings: before };
  const standings = new Map<string, MetricStanding>();
  let worst: Broken | null = null;
  const take = (key: string, { standing, broken }: ReturnType<typeof stepMetric>): void => {
    standings.set(key, standing);
    if (broken !== null && (worst === null || rank[broken.verdict] > rank[worst.verdict])) worst = broken;
  };
  for (const [index, rule] of rules.entries()) {
    const found = metrics.filter(({ name, value }) => fits(rule, name) && Number.isFinite(value));
    for (const metric of found) {
      const key = `${index} ${metric.name}`;
      take(key, stepMetric(rule, before.get(key), { metric, atMs, maxGapMs }));
    }
    if (found.length > 0) continue;
    if (verdict === 'up' || verdict === 'degraded') {
      take(`${index}`, stepMissing(rule, before.get(`${index}`), { atMs, maxGapMs }));
    } else for (const [key, standing] of before) if (key.startsWith(`${index} `)) standings.set(key, standing);
  }
  return { ...combine(verdict, worst), standings };
}

function combine(own: Verdict, broken: Broken | null): { verdict: Verdict; reason: Reason | null } {
  if (broken === null || own === 'unknown' || own === 'down') return { verdict: own, reason: null };
  if (broken.verdict === 'unknown') return { verdict: 'unknown', reason: broken.reason };
  return rank[broken.verdict] > rank[own]
    ? { verdict: broken.verdict, reason: broken.reason }
    : { verdict: own, reason: null };
}
