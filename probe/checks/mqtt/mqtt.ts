import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf } from '#probe/check-kind.ts';
import {
  certificateEndsSoon,
  lineMetrics,
  openLine,
  sessionFailure,
  sessionResult,
  type Line,
} from '#probe/client-session.ts';
import { counterRate } from '#probe/counter-rate.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { judgeFirstValue, noQuery } from '#probe/query-judgement.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { awaitMessage, readSystem, roundTrip, type Arrived, type Broker } from './exchange-messages.ts';
import { BrokerRefusal, openBroker } from './open-broker.ts';
import { mqttSettings, type MqttSettings } from './settings.ts';
import { mqttTexts, type MqttReasons } from './texts.ts';

const kind: CheckKind<MqttSettings, MqttReasons> = {
  name: 'mqtt',
  settings: mqttSettings,
  texts: mqttTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 6_000 },
  requires: 'network',
  run: runMqtt,
  propose: ({ openPorts, tls }) => [
    // Most brokers refuse who has no name: what would be down at once is offered, not ticked.
    ...(openPorts.includes(1883) ? [{ settings: {}, recommended: false }] : []),
    ...(openPorts.includes(8883)
      ? [
          {
            settings: {
              port: 8883,
              tls: 'direct' as const,
              verifyCertificate: tls.find(({ port }) => port === 8883)?.authorized ?? true,
            },
            recommended: false,
          },
        ]
      : []),
  ],
};

/** An MQTT broker: connection, a message through it, its own measures. */
export const mqtt = defineKind(kind);

type Result = KindResult<MqttReasons>;
type Found = Finding<ReasonOf<MqttReasons>>;

// Retained messages can be large; a check looks at small ones.
const limitBytes = 1024 * 1024;

async function runMqtt(settings: MqttSettings, target: CheckTarget, context: CheckContext): Promise<Result> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  let line: Line | undefined;
  let broker: Broker | undefined;
  try {
    const wish = {
      address: target.address,
      port: settings.port,
      serverName: target.address,
      verify: settings.verifyCertificate,
      tls: settings.tls === 'direct',
      limitBytes,
    };
    line = await openLine(wish, deadlineMs, context);
    broker = { client: await openBroker(line, settings, deadlineMs, context), line, deadlineMs, context };
    return await look(settings, broker, startedMs);
  } catch (error) {
    if (error instanceof BrokerRefusal) {
      const { step, reasonCode, message } = error;
      const reason = { code: 'refusedStep', data: { step, result: reasonCode, said: message } } as const;
      return { verdict: 'down', reason, output: '', metrics: [], durationMs: context.clock.nowMs() - startedMs };
    }
    return sessionResult(line === undefined ? error : sessionFailure(error, line, 'MQTT', context), startedMs, context);
  } finally {
    broker?.client.end(true);
    line?.socket.destroy();
  }
}

async function look(settings: MqttSettings, broker: Broker, startedMs: number): Promise<Result> {
  const { line, context } = broker;
  const connectedMs = context.clock.nowMs() - startedMs;
  const arrived =
    settings.test === 'connect'
      ? undefined
      : await (settings.test === 'roundTrip' ? roundTrip : awaitMessage)(broker, settings);
  const durationMs = context.clock.nowMs() - startedMs;
  const payload =
    settings.test === 'message' && arrived !== undefined
      ? judgeFirstValue(
          {
            queryExpected: settings.payloadExpected,
            queryAbove: settings.payloadAbove,
            queryBelow: settings.payloadBelow,
            beyondIs: settings.beyondIs,
          },
          arrived.payload.subarray(0, 1_000).toString('utf8'),
        )
      : noQuery;
  const system = settings.readSystem ? await readSystem(broker) : new Map<string, number>();
  const soon = certificateEndsSoon(line, settings.warnDays, context);
  const found: Found[] = [
    ...judgeArrival(settings, arrived),
    ...payload.found,
    ...(soon === undefined ? [] : [soon]),
    ...beyondLimits([{ metric: 'total', unit: 'ms', value: durationMs, limit: settings.maxAnswerMs }]),
  ];
  return {
    ...(worstFinding(found) ?? { verdict: 'up', reason: goodReason(arrived, settings, durationMs) }),
    output: evidence(settings, arrived, system),
    metrics: [
      ...lineMetrics(line, context),
      { name: 'signIn', unit: 'ms', value: connectedMs },
      { name: 'total', unit: 'ms', value: durationMs },
      ...(arrived === undefined ? [] : [{ name: 'message', unit: 'ms' as const, value: arrived.ms }]),
      ...payload.metrics,
      ...systemMetrics(system, context),
    ],
    durationMs,
  };
}

function judgeArrival({ test, topic, withinMs }: MqttSettings, arrived: Arrived | undefined): Found[] {
  if (test === 'connect' || arrived !== undefined) return [];
  const code = test === 'roundTrip' ? 'notReturned' : 'noMessage';
  return [{ verdict: 'down', reason: { code, data: { topic, ms: withinMs } } }];
}

function goodReason(arrived: Arrived | undefined, { test }: MqttSettings, ms: number): ReasonOf<MqttReasons> {
  if (arrived === undefined) return { code: 'connected', data: { ms } };
  if (test === 'roundTrip') return { code: 'returned', data: { ms: arrived.ms } };
  const value = sanitiseOutput(arrived.payload.subarray(0, 200), 200).replaceAll('\n', ' ');
  return { code: 'arrived', data: { value, ms: arrived.ms } };
}

function systemMetrics(system: ReadonlyMap<string, number>, context: CheckContext): Metric[] {
  const metrics: Metric[] = [];
  const note = (name: string, unit: Metric['unit'], value: number | undefined): void => {
    if (value !== undefined) metrics.push({ name, unit, value });
  };
  const rate = (name: string, topic: string): void => {
    const counter = system.get(topic);
    if (counter !== undefined) note(name, 'perSecond', counterRate(topic, counter, context));
  };
  note('clients', 'count', system.get('$SYS/broker/clients/connected'));
  note('retained', 'count', system.get('$SYS/broker/retained messages/count'));
  note('uptime', 'seconds', system.get('$SYS/broker/uptime'));
  note('memory', 'bytes', system.get('$SYS/broker/heap/current'));
  rate('received', '$SYS/broker/messages/received');
  rate('sent', '$SYS/broker/messages/sent');
  rate('dropped', '$SYS/broker/publish/messages/dropped');
  return metrics;
}

function evidence({ test }: MqttSettings, arrived: Arrived | undefined, system: ReadonlyMap<string, number>): string {
  const lines = [...system].map(([topic, value]) => `${topic}: ${value}`);
  if (test === 'message' && arrived !== undefined) {
    lines.unshift(
      `${arrived.topic}${arrived.retained ? ' (retained)' : ''}:`,
      arrived.payload.subarray(0, 2_000).toString('utf8'),
    );
  }
  return sanitiseOutput(lines.join('\n'));
}
