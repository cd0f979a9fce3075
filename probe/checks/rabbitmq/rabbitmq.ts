import type { CheckContext, CheckKind, CheckTarget, KindResult, ReasonOf } from '#probe/check-kind.ts';
import { certificateEndsSoon, SessionFailure, sessionResult } from '#probe/client-session.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, findingLine, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { WebFailure } from '#probe/web/web-reasons.ts';
import { askManagement, type Managed } from './ask-management.ts';
import { judgeManagement, managementMetrics, meantQueues } from './judge-management.ts';
import { MissingVirtualHost, openAmqp, type AmqpSeen } from './open-amqp.ts';
import { rabbitmqSettings, type RabbitmqSettings } from './settings.ts';
import { rabbitmqTexts, type RabbitmqReasons } from './texts.ts';

const kind: CheckKind<RabbitmqSettings, RabbitmqReasons> = {
  name: 'rabbitmq',
  settings: rabbitmqSettings,
  texts: rabbitmqTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runRabbitmq,
  propose: ({ openPorts }) => {
    const [amqp, management] = [openPorts.includes(5672), openPorts.includes(15_672)];
    if (!amqp && !management) return [];
    return [{ settings: { look: amqp && management ? 'both' : amqp ? 'amqp' : 'management' }, recommended: false }];
  },
};

/** A RabbitMQ broker: sign-in over AMQP, nodes and queues by its management interface. */
export const rabbitmq = defineKind(kind);

type Result = KindResult<RabbitmqReasons>;
type Found = Finding<ReasonOf<RabbitmqReasons>>;

async function runRabbitmq(settings: RabbitmqSettings, target: CheckTarget, context: CheckContext): Promise<Result> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  try {
    const amqp =
      settings.look === 'management' ? undefined : await openAmqp(settings, target.address, deadlineMs, context);
    const managed =
      settings.look === 'amqp' ? undefined : await askManagement(settings, target.address, deadlineMs, context);
    return conclude(settings, { amqp, managed }, startedMs, context);
  } catch (error) {
    if (error instanceof MissingVirtualHost) {
      const reason = { code: 'virtualHostMissing', data: { name: settings.virtualHost } } as const;
      return { verdict: 'down', reason, output: '', metrics: [], durationMs: context.clock.nowMs() - startedMs };
    }
    const failure = error instanceof WebFailure ? sessionFailureOf(error, settings, context) : error;
    return sessionResult(failure, startedMs, context);
  }
}

interface Seen {
  readonly amqp: AmqpSeen | undefined;
  readonly managed: Managed | undefined;
}

function conclude(settings: RabbitmqSettings, seen: Seen, startedMs: number, context: CheckContext): Result {
  const { amqp, managed } = seen;
  const durationMs = context.clock.nowMs() - startedMs;
  const soon = amqp?.line === undefined ? undefined : certificateEndsSoon(amqp.line, settings.warnDays, context);
  const found: Found[] = [
    ...(managed === undefined ? [] : judgeManagement(settings, managed)),
    ...(soon === undefined ? [] : [soon]),
    ...beyondLimits([{ metric: 'total', unit: 'ms', value: durationMs, limit: settings.maxAnswerMs }]),
  ];
  const version = managed?.version ?? amqp?.version ?? '?';
  const good: Found = { verdict: 'up', reason: { code: 'healthy', data: { version, ms: durationMs } } };
  return {
    ...(worstFinding(found) ?? good),
    output: evidence(settings, version, managed, found),
    metrics: [
      ...(amqp?.metrics ?? []),
      { name: 'total', unit: 'ms', value: durationMs },
      ...(managed === undefined ? [] : managementMetrics(settings, managed)),
    ],
    durationMs,
  };
}

/** A failure of the management interface in the words of this kind, which signs in by another protocol as well. */
function sessionFailureOf({ reason }: WebFailure, { user }: RabbitmqSettings, { timeoutMs }: CheckContext): Error {
  switch (reason.code) {
    case 'signInRefused':
      return new SessionFailure({ code: 'signInRefused', data: { user, said: `HTTP ${reason.data.status}` } });
    case 'bodyUnfinished':
      return new SessionFailure({ code: 'noAnswer', data: { ms: timeoutMs } });
    case 'closedEarly':
      return new SessionFailure({ code: 'cutOff', data: { said: '' } });
    case 'malformed':
      return new SessionFailure({ code: 'otherProtocol', data: { protocol: 'HTTP', said: reason.data.code } });
    case 'tooManyRedirects':
    case 'badRedirect':
    case 'redirectElsewhere':
    case 'digestMissing':
    case 'noHttp2':
    case 'identityUnusable':
      return new SessionFailure({ code: 'otherProtocol', data: { protocol: 'RabbitMQ', said: reason.code } });
    default:
      return new SessionFailure(reason);
  }
}

function evidence(
  settings: RabbitmqSettings,
  version: string,
  managed: Managed | undefined,
  found: readonly Found[],
): string {
  const largest = meantQueues(settings, managed?.queues ?? []).toSorted((a, b) => b.messages_ready - a.messages_ready);
  const lines = [
    `server: RabbitMQ ${version}`,
    ...found.slice(0, 30).map(findingLine),
    ...(managed?.nodes ?? []).map(({ name, running }) => `node: ${name}, ${running ? 'running' : 'not running'}`),
    ...largest
      .slice(0, 20)
      .map(
        (queue) =>
          `queue: ${queue.name}, ready ${queue.messages_ready}, unacked ${queue.messages_unacknowledged}, consumers ${queue.consumers}`,
      ),
  ];
  return sanitiseOutput(lines.join('\n'));
}
