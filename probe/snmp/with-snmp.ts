import type { CheckContext, CheckResult, CheckTarget, ReasonOf } from '../check-kind.ts';
import { ConnectionFailure } from '../open-connection.ts';
import { openSnmp, type SnmpSession } from './open-snmp.ts';
import type { SnmpAccess } from './snmp-access.ts';
import { SnmpFailure } from './snmp-failure.ts';
import { snmpVerdicts, type SnmpReasons } from './snmp-reasons.ts';

/** What a look at an agent found; how long it took is added. */
type Found = Omit<CheckResult, 'durationMs'>;
interface Fault extends Omit<Found, 'reason'> {
  readonly reason: ReasonOf<SnmpReasons>;
}

/** Opens a session, looks, closes it; what stands in the way becomes a result that fits every SNMP kind. */
export async function withSnmp<Result extends Found>(
  access: SnmpAccess,
  target: CheckTarget,
  context: CheckContext,
  look: (session: SnmpSession) => Promise<Result>,
): Promise<(Result | Fault) & { durationMs: number }> {
  const startedMs = context.clock.nowMs();
  const found = await lookSafely(access, target, context, look);
  return { ...found, durationMs: context.clock.nowMs() - startedMs };
}

async function lookSafely<Result extends Found>(
  access: SnmpAccess,
  target: CheckTarget,
  context: CheckContext,
  look: (session: SnmpSession) => Promise<Result>,
): Promise<Result | Fault> {
  try {
    using session = await openSnmp(access, target.address, context);
    return await look(session);
  } catch (error) {
    if (!(error instanceof SnmpFailure) && !(error instanceof ConnectionFailure)) throw error;
    const { reason } = error;
    return { verdict: snmpVerdicts[reason.code], reason, output: '', metrics: [] };
  }
}
