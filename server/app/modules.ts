import { tablesOf } from '#platform/database.ts';
import { createTransact, type Transact } from '#platform/outbox.ts';
import { createAdvice, type AdviceModule } from '../modules/advice/module.ts';
import { createDesk, type DeskModule } from '../modules/desk/module.ts';
import type { EstateModule } from '../modules/estate/module.ts';
import { createLogbook, type LogbookModule } from '../modules/logbook/module.ts';
import { createNotify, type NotifyModule } from '../modules/notify/module.ts';
import { createPeople, type PeopleModule } from '../modules/people/module.ts';
import { createReports, type ReportsModule } from '../modules/reports/module.ts';
import type { UpkeepModule } from '../modules/upkeep/module.ts';
import type { WatchModule } from '../modules/watch/module.ts';
import { adviceNeeds } from './advice-needs.ts';
import type { House } from './house.ts';
import { reactionsTo } from './reaction-names.ts';
import { reportNeeds } from './report-needs.ts';
import { createWatchModules } from './watch-modules.ts';

/** All modules, built from the lowest floor up: each is given what it asks of others as plain functions. */
export interface Modules {
  readonly people: PeopleModule;
  readonly estate: EstateModule;
  readonly upkeep: UpkeepModule;
  readonly watch: WatchModule;
  readonly desk: DeskModule;
  readonly notify: NotifyModule;
  readonly logbook: LogbookModule;
  readonly advice: AdviceModule;
  readonly reports: ReportsModule;
}

/** @param transactOf how acts store what they decided; the ordinary way when it is left out */
export function createModules(
  house: House,
  transactOf: <Module extends string>() => Transact<Module> = () => createTransact({ ...house, reactionsTo }),
): Modules {
  const { database, clock, config, log, vault, live } = house;
  const parts = <Module extends string>() => ({
    db: tablesOf<Module>(database.kysely),
    transact: transactOf<Module>(),
    clock,
  });
  const people = createPeople({ ...parts<'people'>(), publicUrl: config.publicUrl });
  const { estate, upkeep, watch } = createWatchModules(house, transactOf);
  const desk = createDesk({
    publicUrl: config.publicUrl,
    ...parts<'desk'>(),
    needs: {
      importanceOfAffected: estate.importanceOfAffected,
      namedThings: estate.namedThings,
      holidaysBetween: people.holidaysBetween,
      refuseUnknownRegion: people.refuseUnknownRegion,
      dependantsOf: estate.dependantsOf,
      welcomeRequester: people.welcomeRequester,
    },
    vault,
    log,
    onWake: live.onWake,
    demonstration: config.demonstration,
  });
  const logbook = createLogbook(parts<'logbook'>());
  const reports = createReports({
    db: tablesOf<'reports'>(database.kysely),
    clock,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    needs: reportNeeds({ desk, estate, upkeep, watch }),
  });
  const advice = createAdvice({
    ...parts<'advice'>(),
    live,
    log,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    needs: adviceNeeds({ desk, estate, upkeep, watch, reckonBeside: house.reckonBeside }),
  });
  const notify = createNotify({
    ...parts<'notify'>(),
    vault,
    live,
    log,
    needs: {
      onCall: people.onCall,
      signInLink: people.signInLink,
      ancestorsOf: estate.ancestorsOf,
      dependantsOf: estate.dependantsOf,
      namedThings: estate.namedThings,
      taggedThings: estate.taggedThings,
      workAt: upkeep.maintenanceAt,
    },
    publicUrl: config.publicUrl,
    demonstration: config.demonstration,
  });
  return { people, estate, upkeep, watch, desk, logbook, advice, reports, notify };
}
