import { randomUUID } from 'node:crypto';
import type { MqttClient } from 'mqtt';
import type { CheckContext } from '#probe/check-kind.ts';
import { SessionFailure, sessionFailure, type Line } from '#probe/client-session.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { withinDeadline } from '#probe/within-deadline.ts';
import type { MqttSettings } from './settings.ts';

/** Thrown when the broker answers with a reason code; `step` is what was asked. */
export class BrokerRefusal extends Error {
  readonly reasonCode: number;
  readonly step: 'connect' | 'subscribe' | 'publish';
  constructor(step: BrokerRefusal['step'], reasonCode: number, said: string) {
    super(said);
    this.step = step;
    this.reasonCode = reasonCode;
  }
}

// Bad user name or password, not authorised: MQTT 3.1.1 (3.2.2.3) and MQTT 5 (3.2.2.2).
const signInCodes = new Set([4, 5, 0x86, 0x87]);

/** Connects a client over the line. Throws session failures and {@link BrokerRefusal}; the caller ends the client. */
export async function openBroker(
  line: Line,
  settings: MqttSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<MqttClient> {
  const { MqttClient: Client } = await import('mqtt');
  const client = new Client(() => line.socket, {
    protocolVersion: settings.version === '5' ? 5 : 4,
    clientId: settings.clientId === '' ? `vigie-${randomUUID().slice(0, 12)}` : settings.clientId,
    ...(settings.user === '' ? {} : { username: settings.user }),
    ...(settings.password === '' ? {} : { password: settings.password }),
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: context.timeoutMs,
    // The run is short: no pings, and so no timers of the library.
    keepalive: 0,
    resubscribe: false,
  });
  client.on('error', () => undefined);
  const connected = new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('connection closed')));
  });
  try {
    await withinDeadline(connected, deadlineMs, context);
    return client;
  } catch (error) {
    client.end(true);
    const refusal = refusalOf('connect', error);
    if (refusal === undefined) throw sessionFailure(error, line, 'MQTT', context);
    if (!signInCodes.has(refusal.reasonCode)) throw refusal;
    const data = { user: settings.user, said: refusal.message };
    throw new SessionFailure({ code: 'signInRefused', data });
  }
}

/** What a broker refused, as the library throws it; undefined when it was something else. */
export function refusalOf(step: BrokerRefusal['step'], error: unknown): BrokerRefusal | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'number') return undefined;
  const said = sanitiseOutput(error instanceof Error ? error.message : '', 200).replaceAll('\n', ' ');
  return new BrokerRefusal(step, code, said);
}
