import type { Reckoned, Reckoning } from '#analyse/batches/reckon.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { DatabaseParts } from '#platform/database.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import type { Vault } from '#platform/vault.ts';
import type { scanHostKeys } from '#ssh/scan-host-keys.ts';
import type { SshTransport } from '#ssh/transport.ts';
import type { InventedRun } from '../modules/watch/module.ts';

/** What the platform gives to those who put modules together. */
export interface House {
  readonly config: Config;
  readonly database: DatabaseParts;
  readonly clock: Clock;
  readonly log: Log;
  readonly vault: Vault;
  readonly live: LiveLine;
  readonly ssh: SshTransport;
  /** Reckons for advice in a thread of its own. */
  readonly reckonBeside?: (asked: Reckoning) => Promise<Reckoned>;
  /** In the demonstration: what checks of invented hosts see. */
  readonly inventedRun?: InventedRun;
  /** In the demonstration: what invented hosts show when they are asked for their keys. */
  readonly scanHostKeys?: typeof scanHostKeys;
}
