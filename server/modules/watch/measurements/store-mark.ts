import { sql } from 'kysely';
import type { Anomaly } from '#analyse/anomalies/reason.ts';
import { anomalyKind } from '#contract/advice-anomalies.ts';
import type { ChartMark } from '#contract/measurement.ts';
import { state } from '#contract/alert.ts';
import type { Language, ThingRef } from '#contract/words.ts';
import type { Reason } from '#probe/check-kind.ts';
import type { Database } from '#platform/database.ts';
import { readReason } from '../states/reason-text.ts';

const seconds = (at: Date): number => at.getTime() / 1_000;

/** A change of state on a chart. */
export interface MarkedChange {
  readonly checkNumber: number;
  readonly at: Date;
  readonly to: ReturnType<typeof state.parse>;
  readonly reason: Reason;
}

interface Within {
  readonly from: Date;
  readonly until: Date;
  readonly most: number;
}

/** What was odd about a series; the mark is without its words. */
interface MarkedAnomaly {
  readonly checkId: string;
  /** Of the series. */
  readonly name: string;
  readonly unit: string;
  readonly anomaly: Anomaly;
  readonly mark: Omit<ChartMark, 'label'>;
}

function adviceSql(db: Database<'watch'>) {
  return {
    async anomalies(checkIds: readonly string[], { from, until, most }: Within): Promise<MarkedAnomaly[]> {
      const rows = await db
        .selectFrom('advice.pub_anomaly as anomaly')
        .innerJoin('watch.series as series', 'series.id', 'anomaly.series_id')
        .select([
          'anomaly.id',
          'check_id',
          'series_id',
          'series.name',
          'series.unit',
          'kind',
          'expected',
          'seen',
          'since',
          'at',
          'over_at',
        ])
        .where('check_id', '=', sql<string>`any(${[...checkIds]}::uuid[])`)
        .where('at', '>=', from)
        .where('at', '<', until)
        .orderBy('at', 'desc')
        .limit(most)
        .execute();
      return rows.flatMap((row) =>
        row.check_id === null || row.id === null || row.since === null
          ? []
          : [
              {
                checkId: row.check_id,
                name: row.name,
                unit: row.unit,
                anomaly: {
                  kind: anomalyKind.parse(row.kind),
                  expected: row.expected ?? 0,
                  seen: row.seen ?? 0,
                  sinceMs: row.since.getTime(),
                },
                mark: {
                  at: seconds(row.since),
                  until: row.over_at === null ? null : seconds(row.over_at),
                  kind: 'anomaly' as const,
                  id: row.id,
                  seriesId: row.series_id,
                },
              },
            ],
      );
    },
  };
}

function upkeepSql(db: Database<'watch'>) {
  return {
    async runs(things: readonly ThingRef[], { from, until, most }: Within): Promise<ChartMark[]> {
      const hosts = things.filter(({ kind }) => kind === 'host').map(({ id }) => id);
      if (hosts.length === 0) return [];
      const rows = await db
        .selectFrom('upkeep.pub_run')
        .select(['id', 'runbook_name', 'host_name', 'started_at', 'ended_at'])
        .where('host_id', '=', sql<string>`any(${hosts}::uuid[])`)
        .where('started_at', '>=', from)
        .where('started_at', '<', until)
        .orderBy('started_at', 'desc')
        .limit(most)
        .execute();
      return rows.flatMap((row) =>
        row.started_at === null
          ? []
          : [
              {
                at: seconds(row.started_at),
                until: row.ended_at === null ? null : seconds(row.ended_at),
                kind: 'run' as const,
                label: `${row.runbook_name} (${row.host_name})`,
                id: row.id,
              },
            ],
      );
    },
    async maintenance(checkNumbers: readonly number[], { from, until, most }: Within): Promise<ChartMark[]> {
      const { rows } = await sql<{ from_at: Date; until_at: Date; name: string }>`
        select from_at, coalesce(ended_at, until_at) as until_at, name from watch.window_turn
        where until_at >= ${from} and from_at < ${until} and check_numbers && ${[...checkNumbers]}::integer[]
        order by from_at desc limit ${most}`.execute(db);
      return rows.map((row) => ({
        at: seconds(row.from_at),
        until: seconds(row.until_at),
        kind: 'maintenance' as const,
        label: row.name,
        id: null,
      }));
    },
  };
}

/** All SQL about what happened while something was measured. Incidents and runs are what their modules publish. */
export function markStore(db: Database<'watch'>) {
  return {
    ...upkeepSql(db),
    ...adviceSql(db),
    async changes(checkNumbers: readonly number[], { from, until, most }: Within): Promise<MarkedChange[]> {
      const rows = await db
        .selectFrom('watch.state_change')
        .select(['check_number', 'at', 'to_state', 'reason'])
        .where('check_number', '=', sql<number>`any(${[...checkNumbers]}::integer[])`)
        .where('at', '>=', from)
        .where('at', '<', until)
        .orderBy('at', 'desc')
        .limit(most)
        .execute();
      return rows.map((row) => ({
        checkNumber: row.check_number,
        at: row.at,
        to: state.parse(row.to_state),
        reason: readReason(row.reason),
      }));
    },
    async incidents(
      checkIds: readonly string[],
      { from, until, most }: Within,
      language: Language,
    ): Promise<ChartMark[]> {
      const rows = await db
        .selectFrom('desk.pub_ticket')
        .select(['id', 'number', 'title_en', 'title_fr', 'failing_since', 'opened_at', 'good_since', 'resolved_at'])
        .where('id', 'in', (query) =>
          query
            .selectFrom('desk.pub_alert')
            .select(sql<string>`ticket_id`.as('ticket_id'))
            .where('check_id', '=', sql<string>`any(${[...checkIds]}::uuid[])`)
            .where('ticket_id', 'is not', null),
        )
        .where('opened_at', '<', until)
        .where((where) => where.or([where('resolved_at', 'is', null), where('resolved_at', '>=', from)]))
        .orderBy('opened_at', 'desc')
        .limit(most)
        .execute();
      return rows.map((row) => {
        const end = row.good_since ?? row.resolved_at;
        return {
          at: seconds(row.failing_since ?? row.opened_at),
          until: end === null ? null : seconds(end),
          kind: 'incident' as const,
          label: `#${row.number} ${language === 'fr' ? row.title_fr : row.title_en}`,
          id: row.id,
        };
      });
    },
  };
}
