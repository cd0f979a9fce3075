import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchVigie } from './bench-vigie.ts';
import { targetAddress } from './own-network.ts';
import { readFigures } from './read-figures.ts';

/** Checks of a measurement: each on a host of its own. */
export interface Seed {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly count: number;
  readonly intervalMs: number;
  /** Where they are; from the first target on when not said. */
  readonly addresses?: readonly string[];
  /** Their names begin with this; with the kind when not said. */
  readonly name?: string;
}

/** Puts hosts with a check each straight into the database, and has the watch look at the list again. */
export async function seedChecks(vigie: BenchVigie, seed: Seed): Promise<void> {
  const { kind, settings, count, intervalMs } = seed;
  const addresses = seed.addresses ?? Array.from({ length: count }, (_, index) => targetAddress(index));
  await vigie.query(
    `with host as (
       insert into estate.host (id, name, address, kind, system, note, created_at)
       select gen_random_uuid(), $5 || '-' || n, address, 'server', '', '', now()
       from unnest($1::text[]) with ordinality as wanted (address, n)
       returning id, name
     )
     insert into watch.check (id, name, kind, target_kind, target_id, settings, interval_ms, state, since, created_at, changed_at)
     select gen_random_uuid(), name, $2, 'host', id, $3, $4, 'unknown', now(), now(), now() from host`,
    [addresses, kind, JSON.stringify(settings), intervalMs, seed.name ?? kind],
  );
  await vigie.query("select pg_notify('vigie_wake', 'watch')");
}

/** What a first start watches by itself would be measured too. */
export async function pauseOwnChecks(vigie: BenchVigie): Promise<void> {
  await vigie.query('update watch.check set paused = true');
  await vigie.query("select pg_notify('vigie_wake', 'watch')");
}

/** Removes every check and host of a measurement. */
export async function clearChecks(vigie: BenchVigie): Promise<void> {
  await vigie.query('delete from watch.check');
  await vigie.query('delete from estate.host where not local');
  await vigie.query("select pg_notify('vigie_wake', 'watch')");
}

/** Until so many checks are well. @throws Error when that takes two minutes longer than a round of the slowest ones. */
export async function untilAllUp(vigie: BenchVigie, count: number): Promise<void> {
  for (let attempt = 0; attempt < 360; attempt += 1) {
    if ((await vigie.alice.watch.checks.counts({})).up >= count) return;
    await sleep(500);
  }
  throw new Error(`Not all checks are up: ${JSON.stringify(await vigie.alice.watch.checks.counts({}))}`);
}

/**
 * Until no check is slowed any more: starting ten thousand checks at once strains the watch for a moment, and it frees them
 * level by level, half a minute each. Gives up after three minutes: then they are slowed for good, and the tables say so.
 */
export async function untilNoneSlowed(vigie: BenchVigie): Promise<void> {
  for (let attempt = 0; attempt < 90 && (await readFigures(vigie)).slowed > 0; attempt += 1) await sleep(2_000);
}
