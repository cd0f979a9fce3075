import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf } from '#probe/check-kind.ts';
import { certificateEndsSoon, lineMetrics, sessionFailure, sessionResult, type Line } from '#probe/client-session.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { asking } from './ask.ts';
import { evidenceOf } from './evidence.ts';
import { healthMetrics, lookAtHealth } from './health.ts';
import { judgeHealth } from './judge-health.ts';
import { judgeBackup, judgeQuery } from './judge-query.ts';
import { lookAtServer } from './look.ts';
import { postgresqlSettings, type PostgresqlSettings } from './settings.ts';
import { openPostgresLine, signIn, SqlFailure, sqlState, type SignedIn } from './sign-in.ts';
import { postgresqlTexts, type PostgresqlReasons } from './texts.ts';

const kind: CheckKind<PostgresqlSettings, PostgresqlReasons> = {
  name: 'postgresql',
  settings: postgresqlSettings,
  texts: postgresqlTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runPostgresql,
  // Without a password it would only say that it may not sign in: the port's own check is the one to start with.
  propose: ({ openPorts }) => (openPorts.includes(5432) ? [{ settings: {}, recommended: false }] : []),
};

/** A PostgreSQL server: connection, own query, health. */
export const postgresql = defineKind(kind);

type Result = KindResult<PostgresqlReasons>;
type Found = Finding<ReasonOf<PostgresqlReasons>>;

async function runPostgresql(
  settings: PostgresqlSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<Result> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  let line: Line | undefined;
  try {
    line = await openPostgresLine(settings, target.address, deadlineMs, context);
    const signedIn = await signIn(line, settings, deadlineMs, context);
    return await look(settings, signedIn, startedMs, context);
  } catch (error) {
    const state = error instanceof SqlFailure ? error.sqlState : sqlState(error);
    const durationMs = context.clock.nowMs() - startedMs;
    if (state !== undefined) {
      const said = sanitiseOutput(error instanceof Error ? error.message : '', 300);
      return { verdict: 'down', reason: serverError(state, said), output: '', metrics: [], durationMs };
    }
    const failure = line === undefined ? error : sessionFailure(error, line, 'PostgreSQL', context);
    return sessionResult(failure, startedMs, context);
  } finally {
    line?.socket.destroy();
  }
}

function serverError(state: string, said: string): ReasonOf<PostgresqlReasons> {
  if (state === '53300') return { code: 'tooManyConnections', data: { said } };
  // 57P03: starting up, shutting down, in recovery without hot standby.
  if (state.startsWith('57P')) return { code: 'starting', data: { said } };
  return { code: 'serverRefused', data: { said, state } };
}

async function look(
  settings: PostgresqlSettings,
  { client, line, signInMs }: SignedIn,
  startedMs: number,
  context: CheckContext,
): Promise<Result> {
  const deadlineMs = startedMs + context.timeoutMs;
  const ask = asking(client, deadlineMs, context);
  const server = await lookAtServer(ask);
  if (server === undefined) throw new Error('no row about the server');
  const own = await judgeQuery(client, settings, deadlineMs, context);
  const backup = await judgeBackup(client, settings, deadlineMs, context);
  const health = settings.depth === 'health' ? await lookAtHealth(ask, server, context) : undefined;
  const durationMs = context.clock.nowMs() - startedMs;
  const soon = certificateEndsSoon(line, settings.warnDays, context);
  const total: Metric = { name: 'total', unit: 'ms', value: durationMs };
  const found: Found[] = [
    ...judgeRole(settings, server.standby),
    ...own.found,
    ...backup.found,
    ...(health === undefined ? [] : judgeHealth(settings, health)),
    ...(soon === undefined ? [] : [soon]),
    ...beyondLimits([{ metric: 'total', unit: 'ms', value: durationMs, limit: settings.maxAnswerMs }]),
  ];
  const good: Found = {
    verdict: 'up',
    reason: own.good ?? { code: 'healthy', data: { version: server.version, ms: durationMs } },
  };
  return {
    ...(worstFinding(found) ?? good),
    output: evidenceOf(settings, { server, health, rows: own.lines, found }),
    metrics: [
      ...lineMetrics(line, context),
      { name: 'signIn', unit: 'ms', value: signInMs },
      total,
      ...own.metrics,
      ...backup.metrics,
      ...(health === undefined ? [] : healthMetrics(health)),
    ],
    durationMs,
  };
}

function judgeRole({ role }: PostgresqlSettings, standby: boolean): Found[] {
  if (role === 'any' || (role === 'standby') === standby) return [];
  return [{ verdict: 'down', reason: { code: 'otherRole', data: { role: standby ? 'standby' : 'primary' } } }];
}
