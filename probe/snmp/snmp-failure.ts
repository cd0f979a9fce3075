import type { ReasonOf } from '../check-kind.ts';
import type { SnmpAccess } from './snmp-access.ts';
import type { SnmpReasons } from './snmp-reasons.ts';

/** Thrown when an agent does not give what it is asked for. */
export class SnmpFailure extends Error {
  readonly reason: ReasonOf<SnmpReasons>;
  constructor(reason: ReasonOf<SnmpReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** Whether the agent answered with this error status (RFC 3416). */
export function isStatus(error: unknown, status: string): boolean {
  return error instanceof SnmpFailure && error.reason.code === 'agentError' && error.reason.data.status === status;
}

/** What the library's error says, told apart as far as the protocol allows. */
export function reasonOf(error: Error | null, access: SnmpAccess): ReasonOf<SnmpReasons> {
  const message = error?.message ?? 'no answer';
  if (error?.name === 'RequestFailedError') {
    const status = (message.split(':')[0] ?? '').slice(0, 60);
    return status === 'NoAccess' || status === 'AuthorizationError'
      ? { code: 'accessDenied', data: {} }
      : { code: 'agentError', data: { status } };
  }
  if (/unknown user/iu.test(message)) return { code: 'unknownUser', data: { user: access.user } };
  if (/wrong digest|digest/iu.test(message)) return { code: 'wrongPassword', data: {} };
  if (/decrypt/iu.test(message)) return { code: 'wrongPrivacy', data: {} };
  if (/security level/iu.test(message)) return { code: 'levelNotOffered', data: { level: access.securityLevel } };
  if (/time window|engineBoots/iu.test(message)) return { code: 'clockWindow', data: {} };
  return { code: 'agentError', data: { status: message.slice(0, 200) } };
}
