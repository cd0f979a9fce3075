import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import { packSamples, unpackColumns, unpackSamples, type Sample, type SampleColumns } from './pack-samples.ts';
import { windowMs, windowStore } from './store-window.ts';

const dayMs = 86_400_000;

/** Samples of one check within one window, ready to be packed. */
export interface NewChunk {
  readonly checkNumber: number;
  readonly samples: readonly Sample[];
}

/** The beginning of the UTC day. */
export function dayOf(atMs: number): Date {
  return new Date(Math.floor(atMs / dayMs) * dayMs);
}

function word(at: Date): string {
  return at.toISOString().slice(0, 10).replaceAll('-', '');
}

function within(numbers: readonly number[], from: Date, until: Date) {
  // No chunk is longer than a window: the index need not be read from the beginning.
  return sql`check_number = any(${[...numbers]}::integer[]) and from_at > ${new Date(from.getTime() - windowMs)}
      and from_at < ${until} and until_at >= ${from}`;
}

/** All SQL about results that are packed. */
export function chunkStore(db: Database<'watch'>) {
  return {
    /** Within a transaction. Packs what is given; each becomes a row of its own. */
    async add(chunks: readonly NewChunk[]): Promise<void> {
      const full = chunks.filter(({ samples }) => samples.length > 0);
      if (full.length === 0) return;
      for (const day of new Set(full.map(({ samples }) => dayOf(samples[0]?.atMs ?? 0).getTime())))
        await windowStore(db).makePart('chunk', `chunk_${word(new Date(day))}`, new Date(day), new Date(day + dayMs));
      const first = full.map(({ samples }) => new Date(samples[0]?.atMs ?? 0));
      const last = full.map(({ samples }) => new Date(samples.at(-1)?.atMs ?? 0));
      await sql`
        insert into watch.chunk (check_number, from_at, until_at, samples, data)
        select * from unnest(
          ${full.map(({ checkNumber }) => checkNumber)}::integer[], ${first}::timestamptz[], ${last}::timestamptz[],
          ${full.map(({ samples }) => samples.length)}::integer[], ${full.map(({ samples }) => packSamples(samples))}::bytea[]
        )`.execute(db);
    },
    /** The columns of some series of one check, chunk by chunk; chunks may overlap where results came late. */
    async columns(
      checkNumber: number,
      positions: readonly number[],
      { from, until }: { from: Date; until: Date },
    ): Promise<SampleColumns[]> {
      const { rows } = await sql<{ data: Buffer }>`
        select data from watch.chunk where ${within([checkNumber], from, until)} order by from_at`.execute(db);
      return rows.map(({ data }) => unpackColumns(data, positions));
    },
    /** Whole samples of a check, newest first, from before a moment, at most so many. */
    async newest(checkNumber: number, before: Date, most: number): Promise<Sample[]> {
      const found: Sample[] = [];
      let until = before;
      while (found.length < most) {
        const { rows } = await sql<{ data: Buffer; from_at: Date }>`
          select data, from_at from watch.chunk
          where check_number = ${checkNumber} and from_at < ${until} order by from_at desc limit 8`.execute(db);
        for (const { data } of rows) found.push(...unpackSamples(data).filter(({ atMs }) => atMs < before.getTime()));
        const oldest = rows.at(-1);
        if (oldest === undefined) break;
        until = oldest.from_at;
      }
      return found.toSorted((one, other) => other.atMs - one.atMs).slice(0, most);
    },
    /** Whole samples of some checks within a span, check by check. */
    async samples(numbers: readonly number[], from: Date, until: Date): Promise<(Sample & { checkNumber: number })[]> {
      const { rows } = await sql<{ check_number: number; data: Buffer }>`
        select check_number, data from watch.chunk where ${within(numbers, from, until)} order by check_number, from_at`.execute(
        db,
      );
      return rows.flatMap(({ check_number: checkNumber, data }) =>
        unpackSamples(data)
          .filter(({ atMs }) => atMs >= from.getTime() && atMs < until.getTime())
          .map((sample) => ({ ...sample, checkNumber })),
      );
    },
  };
}
