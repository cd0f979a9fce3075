import type { CheckContext, CheckKind, CheckTarget, KindResult, ReasonOf } from '#probe/check-kind.ts';
import {
  certificateEndsSoon,
  lineMetrics,
  openLine,
  SessionFailure,
  sessionResult,
  type Line,
} from '#probe/client-session.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, findingLine, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { judgeKey } from './judge-key.ts';
import { judgeInfo, measure } from './measure.ts';
import { openRedis, RedisRefusal, type Command } from './open-redis.ts';
import { readInfo, replicasOf, type Info } from './read-info.ts';
import { redisSettings, type RedisSettings } from './settings.ts';
import { redisTexts, type RedisReasons } from './texts.ts';

const kind: CheckKind<RedisSettings, RedisReasons> = {
  name: 'redis',
  settings: redisSettings,
  texts: redisTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 5_000 },
  requires: 'network',
  run: runRedis,
  propose: ({ openPorts }) => (openPorts.includes(6379) ? [{ settings: {}, recommended: false }] : []),
};

/** A Redis or Valkey server. */
export const redis = defineKind(kind);

type Found = Finding<ReasonOf<RedisReasons>>;

// INFO has a few kilobytes, more with many clients and databases.
const limitBytes = 1024 * 1024;

async function runRedis(
  settings: RedisSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<RedisReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  let line: Line | undefined;
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
    const command = await openRedis(line, settings, deadlineMs, context);
    return await look(settings, line, command, startedMs, context);
  } catch (error) {
    const durationMs = context.clock.nowMs() - startedMs;
    if (error instanceof RedisRefusal) {
      return { verdict: 'down', reason: refusal(error, settings), output: '', metrics: [], durationMs };
    }
    return sessionResult(error, startedMs, context);
  } finally {
    line?.socket.destroy();
  }
}

function refusal({ message }: RedisRefusal, { user }: RedisSettings): ReasonOf<RedisReasons> {
  if (/^(?:NOAUTH|WRONGPASS|NOPERM)/u.test(message)) return { code: 'signInRefused', data: { user, said: message } };
  if (message.startsWith('LOADING')) return { code: 'loading', data: {} };
  if (/max number of clients/iu.test(message)) return { code: 'tooManyClients', data: { said: message } };
  return { code: 'serverRefused', data: { said: message } };
}

async function look(
  settings: RedisSettings,
  line: Line,
  command: Command,
  startedMs: number,
  context: CheckContext,
): Promise<KindResult<RedisReasons>> {
  if ((await command('PING')) !== 'PONG') throw otherProtocol('PING');
  const info = readInfo(await command('INFO'));
  if (info === undefined) throw otherProtocol('INFO');
  const key = await judgeKey(command, settings);
  const durationMs = context.clock.nowMs() - startedMs;
  const measured = measure(info, await secondsOf(command), context);
  const soon = certificateEndsSoon(line, settings.warnDays, context);
  const found: Found[] = [
    ...judgeInfo(settings, info, measured),
    ...key.found,
    ...(soon === undefined ? [] : [soon]),
    ...beyondLimits([{ metric: 'total', unit: 'ms', value: durationMs, limit: settings.maxAnswerMs }]),
  ];
  const version = info.get('valkey_version') ?? info.get('redis_version') ?? '?';
  const good: Found = {
    verdict: 'up',
    reason: key.good ?? { code: 'healthy', data: { version, ms: durationMs } },
  };
  return {
    ...(worstFinding(found) ?? good),
    output: evidence(info, version, found),
    metrics: [
      ...lineMetrics(line, context),
      { name: 'total', unit: 'ms', value: durationMs },
      ...measured,
      ...key.metrics,
    ],
    durationMs,
  };
}

/** The server's own clock: the age of its last save is told by it. */
async function secondsOf(command: Command): Promise<number> {
  const answer = await command('TIME');
  return Array.isArray(answer) ? Number(answer[0]) : Number.NaN;
}

function otherProtocol(step: string): SessionFailure {
  return new SessionFailure({ code: 'otherProtocol', data: { protocol: 'Redis', said: step } });
}

function evidence(info: Info, version: string, found: readonly Found[]): string {
  const lines = [
    `server: ${version}, ${info.get('role') ?? '?'}, ${info.get('maxmemory_policy') ?? '?'}`,
    ...found.map(findingLine),
    ...replicasOf(info).map(
      ({ name, online, lagSeconds, lagBytes }) =>
        `replica: ${name}, ${online ? 'online' : 'not online'}, ${lagBytes} bytes, ${lagSeconds} s behind`,
    ),
  ];
  return sanitiseOutput(lines.join('\n'));
}
