import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import { mergePoints, packPoints, unpackPoints, type PointsByPosition } from './pack-points.ts';
import type { Point } from './step-fold.ts';
import { windowStore } from './store-window.ts';

/** What points are kept of: five minutes, hours, days. */
export type Grain = 'five_minutes' | 'hours' | 'days';

/** The length of one point in seconds. */
export const grainSeconds: Readonly<Record<Grain, number>> = { five_minutes: 300, hours: 3_600, days: 86_400 };

const dayMs = 86_400_000;

/** Points of one check within one row: a day of five minutes or hours, or a month of days. */
export interface NewPoints {
  readonly checkNumber: number;
  readonly points: PointsByPosition;
}

/** Where the row of a moment begins. */
function rowBegin(grain: Grain, atMs: number): Date {
  const day = new Date(Math.floor(atMs / dayMs) * dayMs);
  return grain === 'days' ? new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)) : day;
}

/** The partition of a row: a week (Monday to Sunday), a month or a year, all in UTC. */
function partOf(grain: Grain, begins: Date): { name: string; from: Date; until: Date } {
  const year = begins.getUTCFullYear();
  const month = begins.getUTCMonth();
  if (grain === 'days')
    return { name: `days_${year}`, from: new Date(Date.UTC(year, 0, 1)), until: new Date(Date.UTC(year + 1, 0, 1)) };
  if (grain === 'hours') {
    const from = new Date(Date.UTC(year, month, 1));
    return {
      name: `hours_${from.toISOString().slice(0, 7).replace('-', '')}`,
      from,
      until: new Date(Date.UTC(year, month + 1, 1)),
    };
  }
  const from = new Date(begins.getTime() - ((begins.getUTCDay() + 6) % 7) * dayMs);
  return {
    name: `five_minutes_${from.toISOString().slice(0, 10).replaceAll('-', '')}`,
    from,
    until: new Date(from.getTime() + 7 * dayMs),
  };
}

function byRow(grain: Grain, points: PointsByPosition): Map<number, Map<number, Point[]>> {
  const rows = new Map<number, Map<number, Point[]>>();
  for (const [position, series] of points)
    for (const point of series) {
      const begins = rowBegin(grain, point.time * 1_000).getTime();
      const row = rows.get(begins) ?? new Map<number, Point[]>();
      rows.set(begins, row);
      const known = row.get(position);
      if (known === undefined) row.set(position, [point]);
      else known.push(point);
    }
  return rows;
}

interface PackedRow {
  readonly checkNumber: number;
  readonly begins: Date;
  readonly points: PointsByPosition;
}

/** All SQL about rolled-up points. */
export function pointStore(db: Database<'watch'>) {
  const read = async (
    grain: Grain,
    numbers: readonly number[],
    from: Date,
    until: Date,
  ): Promise<{ checkNumber: number; begins: Date; data: Buffer }[]> => {
    const { rows } = await sql<{ check_number: number; begins: Date; data: Buffer }>`
      select check_number, begins, data from ${sql.table(`watch.${grain}`)}
      where check_number = any(${[...numbers]}::integer[]) and begins >= ${rowBegin(grain, from.getTime())} and begins < ${until}
      order by check_number, begins`.execute(db);
    return rows.map((row) => ({ checkNumber: row.check_number, begins: row.begins, data: row.data }));
  };
  const write = async (grain: Grain, rows: readonly PackedRow[]): Promise<void> => {
    const parts = new Map(rows.map(({ begins }) => partOf(grain, begins)).map((part) => [part.name, part]));
    for (const { name, from, until } of parts.values()) await windowStore(db).makePart(grain, name, from, until);
    const data = rows.map(({ begins, points }) => packPoints(points, begins.getTime() / 1_000, grainSeconds[grain]));
    await sql`
      insert into ${sql.table(`watch.${grain}`)} (check_number, begins, data)
      select * from unnest(
        ${rows.map(({ checkNumber }) => checkNumber)}::integer[], ${rows.map(({ begins }) => begins)}::timestamptz[], ${data}::bytea[]
      )
      on conflict (check_number, begins) do update set data = excluded.data`.execute(db);
  };
  return {
    /** Points of one check in a span, by position. */
    async points(grain: Grain, checkNumber: number, from: Date, until: Date): Promise<Map<number, Point[]>> {
      const all = new Map<number, Point[]>();
      const fromS = from.getTime() / 1_000;
      const untilS = until.getTime() / 1_000;
      const step = grainSeconds[grain];
      for (const { begins, data } of await read(grain, [checkNumber], from, until))
        for (const [position, points] of unpackPoints(data, begins.getTime() / 1_000, step)) {
          const known = all.get(position) ?? [];
          all.set(position, known);
          for (const point of points) if (point.time + step > fromS && point.time < untilS) known.push(point);
        }
      return all;
    },
    /** Within a transaction. Points that are there already stay where these have none. */
    async merge(grain: Grain, changes: readonly NewPoints[]): Promise<void> {
      const wanted = changes.flatMap(({ checkNumber, points }) =>
        [...byRow(grain, points)].map(([begins, row]) => ({ checkNumber, begins: new Date(begins), points: row })),
      );
      if (wanted.length === 0) return;
      const times = wanted.map(({ begins }) => begins.getTime());
      const numbers = [...new Set(wanted.map(({ checkNumber }) => checkNumber))];
      const known = await read(
        grain,
        numbers,
        new Date(times.reduce((least, time) => Math.min(least, time))),
        new Date(times.reduce((most, time) => Math.max(most, time)) + 1),
      );
      const before = new Map(
        known.map(({ checkNumber, begins, data }) => [`${checkNumber} ${begins.getTime()}`, data]),
      );
      await write(
        grain,
        wanted.map(({ checkNumber, begins, points }) => {
          const data = before.get(`${checkNumber} ${begins.getTime()}`);
          if (data === undefined) return { checkNumber, begins, points };
          return {
            checkNumber,
            begins,
            points: mergePoints(unpackPoints(data, begins.getTime() / 1_000, grainSeconds[grain]), points),
          };
        }),
      );
    },
  };
}
