import { hostname } from 'node:os';
import { tablesOf } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { scanHostKeys } from '#ssh/scan-host-keys.ts';
import { createEstate, type EstateModule } from '../modules/estate/module.ts';
import { createUpkeep, type UpkeepModule } from '../modules/upkeep/module.ts';
import { createWatch, type WatchModule } from '../modules/watch/module.ts';
import type { House } from './house.ts';

/** Watch, and the floors on which it stands. */
export interface WatchModules {
  readonly estate: EstateModule;
  readonly upkeep: UpkeepModule;
  readonly watch: WatchModule;
}

/** Puts together what watching needs and nothing more: the thread that watches carries no desk and no reports. */
export function createWatchModules(
  house: Omit<House, 'config'>,
  transactOf: <Module extends string>() => Transact<Module>,
): WatchModules {
  const { database, clock, log, vault, live, ssh: transport } = house;
  const parts = <Module extends string>() => ({
    db: tablesOf<Module>(database.kysely),
    transact: transactOf<Module>(),
    clock,
  });
  const estate = createEstate({ ...parts<'estate'>(), machineName: hostname() });
  const upkeep = createUpkeep({
    ...parts<'upkeep'>(),
    log,
    vault,
    live,
    transport,
    databaseUrl: database.url,
    scanHostKeys: house.scanHostKeys ?? scanHostKeys,
  });
  const watch = createWatch({
    ...parts<'watch'>(),
    live,
    log,
    vault,
    needs: {
      hostsById: estate.hostsById,
      hostsByAddress: estate.hostsByAddress,
      namedThings: estate.namedThings,
      ancestorsOf: estate.ancestorsOf,
      ensureHosts: estate.ensureHosts,
      localHost: estate.localHost,
      maintenanceAt: upkeep.maintenanceAt,
      async sshAccess(hostId) {
        const target = await upkeep.sshTargetOf(hostId);
        return target === null ? null : { transport, target };
      },
      ...(house.inventedRun === undefined ? {} : { inventedRun: house.inventedRun }),
    },
  });
  return { estate, upkeep, watch };
}
