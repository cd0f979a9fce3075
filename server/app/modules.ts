import { hostname } from 'node:os';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { tablesOf, type DatabaseParts } from '#platform/database.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import { createTransact, type Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import { createEstate, type EstateModule } from '../modules/estate/module.ts';
import { createLogbook, type LogbookModule } from '../modules/logbook/module.ts';
import { createPeople, type PeopleModule } from '../modules/people/module.ts';
import { reactionsTo } from './reaction-names.ts';

/** What the platform gives to those who put modules together. */
export interface House {
  readonly config: Config;
  readonly database: DatabaseParts;
  readonly clock: Clock;
  readonly log: Log;
  readonly vault: Vault;
  readonly live: LiveLine;
}

/** All modules, built from the lowest floor up: each is given what it asks of others as plain functions. */
export interface Modules {
  readonly people: PeopleModule;
  readonly estate: EstateModule;
  readonly logbook: LogbookModule;
}

export function createModules(house: House): Modules {
  const { database, clock, config } = house;
  const parts = <Module extends string>() => ({
    db: tablesOf<Module>(database.kysely),
    transact: createTransact<Module>({ database, clock, reactionsTo }) satisfies Transact<Module>,
    clock,
  });
  const people = createPeople({ ...parts<'people'>(), publicUrl: config.publicUrl });
  const estate = createEstate({ ...parts<'estate'>(), machineName: hostname() });
  const logbook = createLogbook(parts<'logbook'>());
  return { people, estate, logbook };
}
