import type { BenchVigie } from './bench-vigie.ts';
import { targetAddress } from './own-network.ts';

/** Checks of a measurement: each on a host of its own. */
export interface Seed {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly count: number;
  readonly intervalMs: number;
}

/** Puts hosts with a check each straight into the database, and has the watch look at the list again. */
export async function seedChecks(vigie: BenchVigie, { kind, settings, count, intervalMs }: Seed): Promise<void> {
  const addresses = Array.from({ length: count }, (_, index) => targetAddress(index));
  await vigie.query(
    `with host as (
       insert into estate.host (id, name, address, kind, system, note, created_at)
       select gen_random_uuid(), $5 || '-' || n, address, 'server', '', '', now()
       from unnest($1::text[]) with ordinality as wanted (address, n)
       returning id, name
     )
     insert into watch.check (id, name, kind, target_kind, target_id, settings, interval_ms, state, since, created_at, changed_at)
     select gen_random_uuid(), name, $2, 'host', id, $3, $4, 'unknown', now(), now(), now() from host`,
    [addresses, kind, JSON.stringify(settings), intervalMs, kind],
  );
  await vigie.query("select pg_notify('vigie_wake', 'watch')");
}

/** Removes every check and host of a measurement. */
export async function clearChecks(vigie: BenchVigie): Promise<void> {
  await vigie.query('delete from watch.check');
  await vigie.query('delete from estate.host where not local');
  await vigie.query("select pg_notify('vigie_wake', 'watch')");
}
