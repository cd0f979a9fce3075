import { sql, type Selectable } from 'kysely';
import type { AuditLine } from '#contract/people.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database, Tables } from '#platform/database.ts';

const columns = [
  'sequence',
  'at',
  'who_kind',
  'who_id',
  'who_name',
  'request',
  'outcome',
  'subject',
  'detail',
  'hash',
] as const;

function toLine(row: Selectable<Tables<'people'>['platform.pub_audit']>): AuditLine {
  return {
    sequence: row.sequence,
    at: row.at.toISOString(),
    who: {
      kind: row.who_kind === 'person' || row.who_kind === 'outside' ? row.who_kind : 'vigie',
      id: row.who_id,
      name: row.who_name,
    },
    request: row.request,
    outcome: row.outcome,
    subject: row.subject,
    detail: row.detail !== null && typeof row.detail === 'object' ? { ...row.detail } : {},
    hash: row.hash,
  };
}

/** Reading the audit trail, which the platform writes. */
export function auditStore(db: Database<'people'>) {
  return {
    async list(asked: {
      after?: string | undefined;
      limit: number;
      personId?: string | undefined;
      search?: string | undefined;
    }): Promise<{ items: AuditLine[]; total: number }> {
      let all = db.selectFrom('platform.pub_audit');
      if (asked.personId !== undefined) all = all.where('who_id', '=', asked.personId);
      if (asked.search !== undefined && asked.search !== '') {
        const pattern = likePattern(asked.search);
        all = all.where((where) =>
          where.or([
            where('request', 'ilike', pattern),
            where('who_name', 'ilike', pattern),
            where('outcome', 'ilike', pattern),
          ]),
        );
      }
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      let rows = all.select(columns).orderBy('sequence', 'desc').limit(asked.limit);
      const before = numberCursor(asked.after);
      if (before !== null) rows = rows.where('sequence', '<', before);
      return { items: (await rows.execute()).map(toLine), total: counted.count };
    },
    /** The next lines of the chain after a sequence, in order. */
    async chain(after: number, limit: number): Promise<AuditLine[]> {
      const rows = await db
        .selectFrom('platform.pub_audit')
        .select(columns)
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return rows.map(toLine);
    },
  };
}
