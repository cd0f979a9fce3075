import type { CheckResult } from '#probe/check-kind.ts';
import { judgeRules } from './judge-rules.ts';
import type { Watched } from './watched.ts';

/** What the kind says of a run, what the rules on its measurements make of it, and what is odd about them; the rules remember. */
export function judgeRun(
  watched: Watched,
  at: Date,
  { verdict, reason, metrics }: CheckResult,
): Pick<CheckResult, 'verdict' | 'reason'> {
  const { rules, intervalMs, odd } = watched.stored;
  if (rules.length === 0 && odd === null) return { verdict, reason };
  const maxGapMs = intervalMs * 3 + 5_000;
  const ruled = judgeRules(rules, watched.ruleStandings, { verdict, metrics, atMs: at.getTime() }, maxGapMs);
  watched.ruleStandings = ruled.standings;
  // An anomaly that is to alarm is the least of what can be wrong: whatever else fails is told instead.
  if (odd !== null && ruled.verdict === 'up') return { verdict: 'degraded', reason: { code: 'anomaly', data: odd } };
  return { verdict: ruled.verdict, reason: ruled.reason ?? reason };
}
