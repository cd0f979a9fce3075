import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import type { CheckContext } from '#probe/check-kind.ts';
import { sessionFailure, type Line } from '#probe/client-session.ts';
import { DeadlinePassed, withinDeadline } from '#probe/within-deadline.ts';
import { BrokerRefusal, refusalOf } from './open-broker.ts';
import type { MqttSettings } from './settings.ts';

/** A connected client with what bounds its use. */
export interface Broker {
  readonly client: MqttClient;
  readonly line: Line;
  readonly deadlineMs: number;
  readonly context: CheckContext;
}

/** A message that came. */
export interface Arrived {
  readonly topic: string;
  readonly payload: Buffer;
  readonly retained: boolean;
  readonly ms: number;
}

/** Waits for one message on a topic, retained or new; undefined when none came in time. Throws session failures. */
export async function awaitMessage(broker: Broker, settings: MqttSettings): Promise<Arrived | undefined> {
  const startedMs = broker.context.clock.nowMs();
  const arrival = nextMessage(broker, () => true, startedMs);
  await subscribe(broker, settings.topic);
  return inTime(broker, arrival, settings.withinMs);
}

/** Publishes a message of its own below the topic and waits for it; nothing is retained, and so nothing stays behind. */
export async function roundTrip(broker: Broker, settings: MqttSettings): Promise<Arrived | undefined> {
  const { client, line, deadlineMs, context } = broker;
  const topic = `${settings.topic.replace(/\/$/u, '')}/${randomUUID()}`;
  const payload = randomUUID();
  await subscribe(broker, topic);
  const startedMs = context.clock.nowMs();
  const arrival = nextMessage(broker, (message) => message.toString() === payload, startedMs);
  try {
    await withinDeadline(client.publishAsync(topic, payload, { qos: 1 }), deadlineMs, context);
  } catch (error) {
    throw refusalOf('publish', error) ?? sessionFailure(error, line, 'MQTT', context);
  }
  return inTime(broker, arrival, settings.withinMs);
}

function nextMessage(
  { client, context }: Broker,
  isWanted: (payload: Buffer) => boolean,
  startedMs: number,
): Promise<Arrived> {
  const arrival = new Promise<Arrived>((resolve, reject) => {
    client.on('message', (topic, payload, packet) => {
      if (!isWanted(payload)) return;
      resolve({ topic, payload, retained: packet.retain, ms: context.clock.nowMs() - startedMs });
    });
    client.once('close', () => reject(new Error('connection closed')));
  });
  // Nobody waits for it when the subscription was refused before.
  arrival.catch(() => undefined);
  return arrival;
}

async function inTime(
  { line, deadlineMs, context }: Broker,
  arrival: Promise<Arrived>,
  withinMs: number,
): Promise<Arrived | undefined> {
  const untilMs = Math.min(deadlineMs, context.clock.nowMs() + withinMs);
  try {
    return await withinDeadline(arrival, untilMs, context);
  } catch (error) {
    if (error instanceof DeadlinePassed) return undefined;
    throw sessionFailure(error, line, 'MQTT', context);
  }
}

async function subscribe({ client, line, deadlineMs, context }: Broker, topic: string): Promise<void> {
  try {
    const granted = await withinDeadline(client.subscribeAsync(topic, { qos: 1 }), deadlineMs, context);
    const refused = granted.find(({ qos }) => qos >= 128);
    if (refused !== undefined) throw new BrokerRefusal('subscribe', refused.qos, '');
  } catch (error) {
    if (error instanceof BrokerRefusal) throw error;
    throw refusalOf('subscribe', error) ?? sessionFailure(error, line, 'MQTT', context);
  }
}

const systemTopics = [
  '$SYS/broker/clients/connected',
  '$SYS/broker/uptime',
  '$SYS/broker/messages/received',
  '$SYS/broker/messages/sent',
  '$SYS/broker/publish/messages/dropped',
  '$SYS/broker/retained messages/count',
  '$SYS/broker/heap/current',
];
// The values are retained: what the broker has of them comes at once.
const systemMs = 250;

/** What the broker tells of itself below `$SYS`, by topic; many brokers tell nothing, or not to everybody. */
export async function readSystem(broker: Broker): Promise<ReadonlyMap<string, number>> {
  const { client, deadlineMs, context } = broker;
  const found = new Map<string, number>();
  const leftMs = deadlineMs - context.clock.nowMs() - 50;
  if (leftMs < systemMs) return found;
  const all = Promise.withResolvers<void>();
  client.on('message', (topic, payload) => {
    if (!systemTopics.includes(topic)) return;
    // The uptime comes as "123 seconds".
    const value = Number.parseFloat(payload.subarray(0, 40).toString());
    if (Number.isFinite(value)) found.set(topic, value);
    if (found.size === systemTopics.length) all.resolve();
  });
  const asked = client.subscribeAsync(systemTopics).then(() => Promise.race([all.promise, wait(systemMs)]));
  // A refusal here is no fault: the values are a bonus.
  await withinDeadline(asked, Math.min(deadlineMs, context.clock.nowMs() + 2 * systemMs), context).catch(
    () => undefined,
  );
  return found;
}
