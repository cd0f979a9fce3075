import pg from 'pg';
import type { House } from './house.ts';

/** A series that is told to have been measured, without anybody having looked. */
export interface ToldSeries {
  readonly name: string;
  readonly unit: string;
  /** The value at each sample; null for none. */
  readonly value: (at: number) => number | null;
}

/** Numbers that look like chance and are the same each time. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
}

/** Writes samples of a check as the watch would have stored them: `count` of them, the last one at `until`. */
export async function tellPast(
  house: Pick<House, 'databaseUrl'>,
  checkId: string,
  past: {
    readonly until: Date;
    readonly stepMs: number;
    readonly count: number;
    readonly series: readonly ToldSeries[];
    readonly instead?: boolean;
  },
): Promise<{ readonly number: number; readonly seriesIds: readonly number[] }> {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  try {
    const found = await client.query<{ number: number }>('select number from watch.check where id = $1', [checkId]);
    const number = found.rows[0]?.number ?? 0;
    // Instead of what was really measured, which would be the newest.
    if (past.instead === true) {
      await client.query('delete from watch.result where check_number = $1', [number]);
      await client.query('delete from watch.check_last where check_number = $1', [number]);
    }
    const seriesIds: number[] = [];
    for (const [place, { name, unit }] of past.series.entries()) {
      const made = await client.query<{ id: number }>(
        `insert into watch.series (check_number, position, name, unit) values ($1, $2, $3, $4)
         on conflict (check_number, name) do update set unit = excluded.unit returning id`,
        [number, place + 1, name, unit],
      );
      seriesIds.push(made.rows[0]?.id ?? 0);
    }
    const times = Array.from(
      { length: past.count },
      (_none, at) => past.until.getTime() - (past.count - 1 - at) * past.stepMs,
    );
    const rows = times.map((_time, at) => `{${past.series.map(({ value }) => value(at) ?? 'NULL').join(',')}}`);
    await client.query(
      `insert into watch.result (check_number, at, verdict, confirming, duration_ms, values, reason)
       select $1, to_timestamp(ms / 1000.0), 0, false, 1, vs::real[], '{"code":"x","data":{}}'
       from unnest($2::bigint[], $3::text[]) as n (ms, vs)`,
      [number, times, rows],
    );
    await client.query(
      `insert into watch.check_last (check_number, at, verdict, reason, values) values ($1, $2, 0, '{"code":"x","data":{}}', $3::real[])
       on conflict (check_number) do update set at = excluded.at, values = excluded.values where excluded.at >= check_last.at`,
      [number, past.until, rows.at(-1)],
    );
    return { number, seriesIds };
  } finally {
    await client.end();
  }
}
