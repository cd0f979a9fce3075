import type { CheckResult } from '#probe/check-kind.ts';
import { judgeRules } from './judge-rules.ts';
import type { Watched } from './watched.ts';

/** What the kind says of a run, and what the rules on its measurements make of it; the rules remember. */
export function judgeRun(
  watched: Watched,
  at: Date,
  { verdict, reason, metrics }: CheckResult,
): Pick<CheckResult, 'verdict' | 'reason'> {
  const { rules, intervalMs } = watched.stored;
  if (rules.length === 0) return { verdict, reason };
  const maxGapMs = intervalMs * 3 + 5_000;
  const ruled = judgeRules(rules, watched.ruleStandings, { verdict, metrics, atMs: at.getTime() }, maxGapMs);
  watched.ruleStandings = ruled.standings;
  return { verdict: ruled.verdict, reason: ruled.reason ?? reason };
}
