import { advice } from './advice.ts';
import { desk } from './desk-requests.ts';
import { estate } from './estate.ts';
import { house } from './house.ts';
import { logbook } from './logbook.ts';
import { notify } from './notify.ts';
import { people } from './people.ts';
import { reports } from './reports.ts';
import { upkeep } from './upkeep.ts';
import { watch } from './watch.ts';

/** The whole contract: every request of the API, by module. All paths stand under `/api`. */
export const api = { house, people, estate, upkeep, watch, desk, logbook, notify, advice, reports };
export type Api = typeof api;
