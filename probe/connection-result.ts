import type { CheckContext, CheckResult, ReasonOf } from './check-kind.ts';
import { connectionVerdicts, type ConnectionReasons } from './connection-reasons.ts';
import { ConnectionFailure } from './open-connection.ts';

/** A result that says that the target could not be reached; it fits every kind that has the connection reasons. */
interface ConnectionResult extends Omit<CheckResult, 'reason'> {
  readonly reason: ReasonOf<ConnectionReasons>;
}

/** The result for a target that could not be reached. An error of another sort is thrown on: it is a fault of ours. */
export function connectionResult(error: unknown, startedMs: number, context: CheckContext): ConnectionResult {
  if (!(error instanceof ConnectionFailure)) throw error;
  const { reason } = error;
  const durationMs = context.clock.nowMs() - startedMs;
  return { verdict: connectionVerdicts[reason.code], reason, output: '', metrics: [], durationMs };
}
