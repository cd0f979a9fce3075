import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '#platform/database.ts';
import type { CountedLines, LogMemory } from './log-book.ts';

const memoryShape = z.object({
  version: z.literal(1),
  shapes: z.array(z.array(z.string())),
  head: z.array(z.string()),
});

const dayMs = 86_400_000;
/** Counts are kept for a fortnight, kinds of line that came no more for a quarter of a year. */
const countsKeptMs = 14 * dayMs;
const templatesKeptMs = 90 * dayMs;

/** All SQL about what logs say. */
export function logStore(db: Database<'watch'>) {
  return {
    async memory(checkNumber: number): Promise<LogMemory | null> {
      const row = await db
        .selectFrom('watch.log_memory')
        .select('shapes')
        .where('check_number', '=', checkNumber)
        .executeTakeFirst();
      const read = memoryShape.safeParse(row?.shapes);
      return read.success ? read.data : null;
    },
    /** Adds what was counted. A kind of line that takes in others seen before was there as long as they were. */
    async add(checkNumber: number, counted: readonly CountedLines[], memory: LogMemory | null): Promise<void> {
      const rows = JSON.stringify(
        counted.map(({ slotMs, id, text, sample, lines, firstMs, lastMs }) => [
          slotMs / 1_000,
          id,
          text,
          sample,
          lines,
          firstMs / 1_000,
          lastMs / 1_000,
        ]),
      );
      await sql`
        with come as (
          select to_timestamp((r ->> 0)::float8) as slot, r ->> 1 as id, r ->> 2 as text, r ->> 3 as sample,
            (r ->> 4)::int as lines, to_timestamp((r ->> 5)::float8) as first_at, to_timestamp((r ->> 6)::float8) as last_at
          from jsonb_array_elements(${rows}::jsonb) as r
        ), counts as (
          insert into watch.log_count as c (check_number, slot, template_id, lines)
          select ${checkNumber}, slot, id, lines from come
          on conflict (check_number, slot, template_id) do update set lines = c.lines + excluded.lines
        ), sorts as (
          select id, (array_agg(text order by last_at desc))[1] as text, (array_agg(sample order by last_at desc))[1] as sample,
            min(first_at) as first_at, max(last_at) as last_at, sum(lines) as total
          from come group by id
        )
        insert into watch.log_template as t (check_number, id, text, sample, first_at, last_at, total)
        select ${checkNumber}, id, text, sample, least(first_at, (
            select min(o.first_at) from watch.log_template o
            where o.check_number = ${checkNumber} and position('<*>' in sorts.text) > 0 and o.text like
              replace(replace(replace(replace(sorts.text, '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '<*>', '%')
          )), last_at, total
        from sorts
        on conflict (check_number, id) do update set text = excluded.text, sample = excluded.sample,
          first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at),
          total = t.total + excluded.total`.execute(db);
      const sinceMs = counted.reduce((least, { firstMs }) => Math.min(least, firstMs), Number.POSITIVE_INFINITY);
      // Since when it is read is noted with the first lines, which bring something to remember.
      if (memory !== null && Number.isFinite(sinceMs))
        await db
          .insertInto('watch.log_memory')
          .values({ check_number: checkNumber, since: new Date(sinceMs), shapes: JSON.stringify(memory) })
          .onConflict((conflict) => conflict.column('check_number').doUpdateSet({ shapes: JSON.stringify(memory) }))
          .execute();
    },
    /** Takes away what is old, and what is of checks that are gone. */
    async sweep(now: Date): Promise<void> {
      await db
        .deleteFrom('watch.log_count')
        .where('slot', '<', new Date(now.getTime() - countsKeptMs))
        .execute();
      await db
        .deleteFrom('watch.log_template')
        .where('last_at', '<', new Date(now.getTime() - templatesKeptMs))
        .execute();
      for (const table of ['watch.log_count', 'watch.log_template', 'watch.log_memory'] as const)
        await sql`delete from ${sql.table(table)} l
          where not exists (select from watch.check c where c.number = l.check_number)`.execute(db);
    },
  };
}
export type LogStore = ReturnType<typeof logStore>;
