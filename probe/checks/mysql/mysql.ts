import type { CheckContext, CheckKind, CheckTarget, KindResult, ReasonOf } from '#probe/check-kind.ts';
import { certificateEndsSoon, lineMetrics, sessionResult, type Line } from '#probe/client-session.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, findingLine, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { noQuery } from '#probe/query-judgement.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { asking, type Ask } from './ask.ts';
import {
  judgeAccess,
  judgeBackup,
  judgeHealth,
  judgeQuery,
  judgeWords,
  makeReadOnly,
  measure,
  type Health,
} from './judge.ts';
import {
  lookAtActivity,
  lookAtCounters,
  lookAtServer,
  lookAtSize,
  lookAtSources,
  lookAtWaits,
  type ServerFacts,
} from './look.ts';
import { mysqlSettings, type MysqlSettings } from './settings.ts';
import { ServerError, signIn, type SignedIn } from './sign-in.ts';
import { mysqlTexts, type MysqlReasons } from './texts.ts';

const kind: CheckKind<MysqlSettings, MysqlReasons> = {
  name: 'mysql',
  settings: mysqlSettings,
  texts: mysqlTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runMysql,
  propose: ({ openPorts }) => (openPorts.includes(3306) ? [{ settings: {}, recommended: false }] : []),
};

/** A MySQL or MariaDB server: connection, own query, health. */
export const mysql = defineKind(kind);

type Result = KindResult<MysqlReasons>;
type Found = Finding<ReasonOf<MysqlReasons>>;

async function runMysql(settings: MysqlSettings, target: CheckTarget, context: CheckContext): Promise<Result> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  const lines: Line[] = [];
  try {
    const signedIn = await signIn(settings, target.address, deadlineMs, context, (line) => void lines.push(line));
    return await look(settings, signedIn, startedMs, context);
  } catch (error) {
    if (error instanceof ServerError) {
      const durationMs = context.clock.nowMs() - startedMs;
      return { verdict: 'down', reason: serverError(error), output: '', metrics: [], durationMs };
    }
    return sessionResult(error, startedMs, context);
  } finally {
    for (const { socket } of lines) socket.destroy();
  }
}

function serverError({ number, message }: ServerError): ReasonOf<MysqlReasons> {
  // Too many connections, to the server or of this user.
  if ([1040, 1203, 1226].includes(number)) return { code: 'tooManyConnections', data: { said: message } };
  return { code: 'serverRefused', data: { said: message, number } };
}

async function look(
  settings: MysqlSettings,
  signedIn: SignedIn,
  startedMs: number,
  context: CheckContext,
): Promise<Result> {
  const { line, signInMs } = signedIn;
  const deadlineMs = startedMs + context.timeoutMs;
  const ask = asking(signedIn, settings, deadlineMs, context);
  const server = await lookAtServer(ask);
  const health = settings.depth === 'health' ? await lookAtHealth(ask, server, settings) : undefined;
  const measured = health === undefined || 'right' in health ? [] : measure(health, context);
  await makeReadOnly(ask, server, Math.max(1, deadlineMs - context.clock.nowMs()));
  const words = judgeWords(settings);
  const own = words.length > 0 ? noQuery : await judgeQuery(ask, settings, context);
  const backup = words.length > 0 ? noQuery : await judgeBackup(ask, settings);
  const durationMs = context.clock.nowMs() - startedMs;
  const soon = certificateEndsSoon(line, settings.warnDays, context);
  const found: Found[] = [
    ...judgeAccess(settings, server),
    ...words,
    ...own.found,
    ...backup.found,
    ...(health === undefined ? [] : 'right' in health ? [health.right] : judgeHealth(settings, health, measured)),
    ...(soon === undefined ? [] : [soon]),
    ...beyondLimits([{ metric: 'total', unit: 'ms', value: durationMs, limit: settings.maxAnswerMs }]),
  ];
  const product = `${server.isMaria ? 'MariaDB' : 'MySQL'} ${server.version}`;
  const good: Found = {
    verdict: 'up',
    reason: own.good ?? { code: 'healthy', data: { product, ms: durationMs } },
  };
  return {
    ...(worstFinding(found) ?? good),
    output: evidence(product, found, health, own.lines),
    metrics: [
      ...lineMetrics(line, context),
      { name: 'signIn', unit: 'ms', value: signInMs },
      { name: 'total', unit: 'ms', value: durationMs },
      ...own.metrics,
      ...backup.metrics,
      ...measured,
    ],
    durationMs,
  };
}

// Access denied: a privilege is missing for what was asked.
const rightNumbers = new Set([1044, 1142, 1227, 1143, 1370]);

async function lookAtHealth(
  ask: Ask,
  server: ServerFacts,
  settings: MysqlSettings,
): Promise<Health | { readonly right: Found }> {
  try {
    const counters = await lookAtCounters(ask);
    const activity = await lookAtActivity(ask);
    const waits = activity.waiting > 0 ? await lookAtWaits(ask, server) : [];
    const sources = await lookAtSources(ask, server);
    return { server, counters, activity, waits, sources, size: await lookAtSize(ask, settings.database) };
  } catch (error) {
    if (!(error instanceof ServerError) || !rightNumbers.has(error.number)) throw error;
    const data = { user: settings.user, said: error.message };
    return { right: { verdict: 'degraded', reason: { code: 'rightsMissing', data } } };
  }
}

function evidence(
  product: string,
  found: readonly Found[],
  health: Health | { readonly right: Found } | undefined,
  rows: readonly string[],
): string {
  const seen = health === undefined || 'right' in health ? undefined : health;
  const lines = [
    `server: ${product}${seen?.server.readOnly === true ? ', read-only' : ''}`,
    ...found.slice(0, 20).map(findingLine),
    ...(seen?.sources ?? []).map(
      ({ name, receiving, applying, lagSeconds, said }) =>
        `source: ${name}, receiving ${receiving}, applying ${applying}, ${lagSeconds ?? '?'} s behind ${said}`,
    ),
    ...(seen?.waits ?? []).map(({ waiting, blocking }) => `waiting: thread ${waiting}, blocked by thread ${blocking}`),
    ...(rows.length === 0 ? [] : ['query:', ...rows.map((row) => `  ${row}`)]),
  ];
  return sanitiseOutput(lines.join('\n'));
}
