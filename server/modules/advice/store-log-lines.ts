import { sql } from 'kysely';
import { thingKind, type NamedThing } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import type { LineHistory } from './telling-lines.ts';

/** A log that is read, of something that a matter is about. */
export interface ReadLog {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly target: NamedThing | null;
  readonly since: Date;
}

const mostLogs = 20;
const mostKinds = 500;
const dayMs = 86_400_000;
const historyMs = 14 * dayMs;

interface LogRow {
  number: number;
  id: string;
  name: string;
  target_kind: string;
  target_id: string;
  target_name: string | null;
  since: Date;
}

function toLog({ number, id, name, since, ...row }: LogRow): ReadLog {
  const target =
    row.target_name === null
      ? null
      : { kind: thingKind.parse(row.target_kind), id: row.target_id, name: row.target_name };
  return { number, id, name, target, since };
}

interface NearRow {
  check_number: number;
  template_id: string;
  text: string;
  sample: string;
  first_at: Date;
  first_slot: Date;
  lines: number;
  most_before: number | null;
}

function toHistory(log: ReadLog, row: NearRow): LineHistory {
  return {
    checkId: log.id,
    templateId: row.template_id,
    text: row.text,
    sample: row.sample,
    firstAt: row.first_at,
    firstSlot: row.first_slot,
    lines: row.lines,
    mostBefore: row.most_before ?? 0,
    readSince: log.since,
  };
}

/** All SQL about lines of logs near a moment. */
export function logLineStore(db: Database<'advice'>) {
  return {
    /** What an incident is about, and since when it fails; null: no such incident. */
    async ticket(id: string): Promise<{ thingIds: string[]; at: Date } | null> {
      const { rows } = await sql<{ at: Date; things: string[] }>`
        select t.failing_since as at, array_remove(array(
            select distinct a.target_id from desk.pub_alert a where a.ticket_id = t.id limit 100) || t.cause_id, null) as things
        from desk.pub_ticket t where t.id = ${id}`.execute(db);
      const [row] = rows;
      return row === undefined ? null : { thingIds: row.things, at: row.at };
    },
    /** The logs of these things, and of what they need. */
    async logsOf(thingIds: readonly string[]): Promise<ReadLog[]> {
      const { rows } = await sql<LogRow>`
        with about as (
          select unnest(${[...thingIds]}::uuid[]) as id
          union select d.on_id from estate.pub_dependency d where d.dependent_id = any(${[...thingIds]}::uuid[])
        )
        select c.number, c.id, c.name, c.target_kind, c.target_id, t.name as target_name, l.since
        from watch.pub_log l join watch.pub_check c on c.number = l.check_number
          left join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id
        where c.target_id in (select id from about) order by c.number limit ${mostLogs}`.execute(db);
      return rows.map(toLog);
    },
    /** The kinds of line that came in a span, each with how it came before. */
    async near(
      logs: readonly ReadLog[],
      { from, until }: { readonly from: Date; readonly until: Date },
    ): Promise<LineHistory[]> {
      const seconds = (until.getTime() - from.getTime()) / 1_000;
      const { rows } = await sql<NearRow>`
        with near as (
          select check_number, template_id, sum(lines)::int as lines, min(slot) as first_slot from watch.pub_log_count
          where check_number = any(${logs.map(({ number }) => number)}::int[]) and slot >= ${from} and slot < ${until}
          group by check_number, template_id order by 3 desc limit ${mostKinds}
        ), blocks as (
          select c.check_number, c.template_id, sum(c.lines)::int as lines
          from watch.pub_log_count c join near using (check_number, template_id)
          where c.slot < ${from} and c.slot >= ${new Date(from.getTime() - historyMs)}
          group by c.check_number, c.template_id, floor(extract(epoch from ${from}::timestamptz - c.slot - interval '1 second') / ${seconds})
        )
        select n.check_number, n.template_id, t.text, t.sample, t.first_at, n.first_slot, n.lines,
          (select max(b.lines) from blocks b where b.check_number = n.check_number and b.template_id = n.template_id) as most_before
        from near n join watch.pub_log_template t on t.check_number = n.check_number and t.id = n.template_id`.execute(
        db,
      );
      const byNumber = new Map(logs.map((each) => [each.number, each]));
      return rows.flatMap((row) => {
        const log = byNumber.get(row.check_number);
        return log === undefined ? [] : [toHistory(log, row)];
      });
    },
  };
}
