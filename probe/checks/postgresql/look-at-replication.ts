import { z } from 'zod';
import { numericOrNull, type Ask } from './ask.ts';

const standbyRow = z.object({
  name: z.string(),
  state: z.string().nullable(),
  sync: z.string().nullable(),
  lagBytes: numericOrNull,
  lagSeconds: numericOrNull,
});
/** One standby as its primary sees it. */
export type Standby = z.infer<typeof standbyRow>;

/** The standbys of a primary, or of a standby that passes on. At most fifty. */
export function lookAtStandbys(ask: Ask): Promise<Standby[]> {
  return ask(
    `SELECT coalesce(nullif(application_name, ''), host(client_addr), 'standby') AS name, state, sync_state AS sync,
       greatest(0, pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
         ELSE pg_current_wal_lsn() END, replay_lsn))::float8 AS "lagBytes",
       coalesce(extract(epoch FROM replay_lag), 0)::float8 AS "lagSeconds"
     FROM pg_stat_replication WHERE application_name <> 'pg_basebackup' ORDER BY 1 LIMIT 50`,
    standbyRow,
  );
}

const replayRow = z.object({
  receiver: z.string().nullable(),
  paused: z.boolean(),
  lagBytes: numericOrNull,
  lagSeconds: numericOrNull,
});
/** A standby as it sees itself. */
export type Replay = z.infer<typeof replayRow>;

/** How far a standby has replayed what it received, and whether anything is coming. */
export async function lookAtReplay(ask: Ask): Promise<Replay | undefined> {
  const [row] = await ask(
    `SELECT (SELECT status FROM pg_stat_wal_receiver LIMIT 1) AS receiver, pg_is_wal_replay_paused() AS paused,
       pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::float8 AS "lagBytes",
       CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
         ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8 END AS "lagSeconds"`,
    replayRow,
  );
  return row;
}

const slotRow = z.object({ retained: numericOrNull });

/** Bytes of WAL that the slot furthest behind keeps from being removed: it fills the disk when its reader is gone. */
export async function lookAtSlots(ask: Ask): Promise<number> {
  const [row] = await ask(
    `SELECT max(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
       ELSE pg_current_wal_lsn() END, restart_lsn))::float8 AS retained FROM pg_replication_slots`,
    slotRow,
  );
  return Math.max(0, row?.retained ?? 0);
}
