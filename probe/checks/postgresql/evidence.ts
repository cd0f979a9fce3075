import type { ReasonOf } from '#probe/check-kind.ts';
import { findingLine, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { Health } from './health.ts';
import type { ServerFacts } from './look.ts';
import type { PostgresqlSettings } from './settings.ts';
import type { PostgresqlReasons } from './texts.ts';

interface Seen {
  readonly server: ServerFacts;
  readonly health: Health | undefined;
  readonly rows: readonly string[];
  readonly found: readonly Finding<ReasonOf<PostgresqlReasons>>[];
}

/** What a person wants to see beside the sentence: role, replication, who blocks whom, the rows of the query. */
export function evidenceOf(settings: PostgresqlSettings, { server, health, rows, found }: Seen): string {
  const lines = [
    `server: PostgreSQL ${server.version}, ${server.standby ? 'standby' : 'primary'}`,
    ...found.slice(0, 20).map(findingLine),
    ...(health === undefined ? [] : [...replicationLines(health), ...waitingLines(settings, health)]),
    ...(rows.length === 0 ? [] : ['query:', ...rows.map((row) => `  ${row}`)]),
  ];
  return sanitiseOutput(lines.join('\n'));
}

function replicationLines({ standbys, replay }: Health): string[] {
  const lines = standbys.map(
    ({ name, state, sync, lagBytes, lagSeconds }) =>
      `standby: ${name}, ${state ?? '?'}, ${sync ?? '?'}, ${lagBytes ?? '?'} bytes, ${lagSeconds ?? '?'} s behind`,
  );
  if (replay === undefined) return lines;
  return [...lines, `replay: receiver ${replay.receiver ?? 'none'}${replay.paused ? ', paused' : ''}`];
}

function waitingLines({ showStatements }: PostgresqlSettings, { blocked }: Health): string[] {
  return blocked.flatMap(({ pid, user, application, blockedBy, seconds, statement }) => {
    const who = `process ${pid} (${user ?? '?'}, ${application ?? ''})`;
    const line = `waiting: ${who} for ${Math.round(seconds ?? 0)} s, blocked by ${blockedBy === '' ? '?' : blockedBy}`;
    return showStatements && statement !== null ? [line, `  ${statement.replaceAll('\n', ' ')}`] : [line];
  });
}
