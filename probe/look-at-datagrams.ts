import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { AddressFacts, SnmpPart } from './address-facts.ts';
import type { CheckContext } from './check-kind.ts';
import { ntpQuestion, readNtpAnswer } from './checks/ntp/ntp-packet.ts';
import { ConnectionFailure } from './open-connection.ts';
import { openSnmp } from './snmp/open-snmp.ts';
import { snmpAccessOf } from './snmp/snmp-access.ts';
import { SnmpFailure } from './snmp/snmp-failure.ts';
import { openUdp } from './udp-port.ts';
import { wallClockMs } from './wall-clock.ts';

type DatagramFacts = Pick<AddressFacts, 'answersNtp' | 'answersSnmp' | 'snmpParts'>;

const lookMs = 900;

/** Whether an address gives the time and whether it has an SNMP agent, asked once each. Never throws for what it does. */
export async function lookAtDatagrams(
  address: string,
  context: CheckContext,
  ports: { readonly ntp: number; readonly snmp: number } = { ntp: 123, snmp: 161 },
): Promise<DatagramFacts> {
  if (!context.mayReach(address)) return {};
  const [answersNtp, agent] = await Promise.all([
    givesTime(address, ports.ntp, context),
    findAgent(address, ports.snmp, context),
  ]);
  return { answersNtp, ...agent };
}

async function givesTime(address: string, port: number, context: CheckContext): Promise<boolean> {
  using conversation = openUdp({ address, family: isIP(address) === 6 ? 6 : 4 }, port, context);
  const cookie = randomBytes(8);
  conversation.send(ntpQuestion(cookie));
  try {
    const packet = await conversation.next(context.clock.nowMs() + lookMs);
    const answer = packet === undefined ? undefined : readNtpAnswer(packet, wallClockMs());
    return answer?.mode === 4 && answer.origin.equals(cookie);
  } catch (error) {
    if (error instanceof ConnectionFailure) return false;
    throw error;
  }
}

/** Where each part of a device begins in the tree. */
const roots: Readonly<Record<string, SnmpPart>> = {
  '1.3.6.1.2.1.2.2.1.2': 'interfaces',
  '1.3.6.1.2.1.25.2.3.1.3': 'host',
  '1.3.6.1.2.1.33.1': 'ups',
  '1.3.6.1.4.1.318.1.1.1': 'ups',
  '1.3.6.1.2.1.43.10.2.1': 'printer',
  '1.3.6.1.2.1.99.1.1.1': 'sensors',
  '1.3.6.1.4.1.9.9.13.1': 'sensors',
};

async function findAgent(address: string, port: number, context: CheckContext): Promise<DatagramFacts> {
  const hurried = { ...context, timeoutMs: lookMs };
  try {
    using session = await openSnmp(snmpAccessOf({ port }), address, hurried);
    const first = await session.next(Object.keys(roots), 1);
    if (typeof first === 'string') return { answersSnmp: 'public', snmpParts: [] };
    const parts = Object.entries(roots).flatMap(([root, part], at) =>
      first[at]?.[0]?.oid.startsWith(`${root}.`) === true ? [part] : [],
    );
    return { answersSnmp: 'public', snmpParts: [...new Set(parts)] };
  } catch (error) {
    if (!(error instanceof SnmpFailure)) {
      if (error instanceof ConnectionFailure) return {};
      throw error;
    }
  }
  return (await hasEngine(address, port, hurried)) ? { answersSnmp: 'v3' } : {};
}

/** Whether an SNMP v3 engine refuses a stranger: that shows that there is one. */
async function hasEngine(address: string, port: number, context: CheckContext): Promise<boolean> {
  const access = snmpAccessOf({ port, version: '3', user: 'vigie', securityLevel: 'noAuthNoPriv' });
  try {
    using session = await openSnmp(access, address, context);
    await session.get(['1.3.6.1.2.1.1.3.0']);
    return true;
  } catch (error) {
    if (error instanceof ConnectionFailure) return false;
    if (!(error instanceof SnmpFailure)) throw error;
    return !['noEngine', 'malformed'].includes(error.reason.code);
  }
}
