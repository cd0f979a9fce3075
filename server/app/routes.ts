import type { OpenAPIHandler } from '@orpc/openapi/fastify';
import { api } from '#contract/api.ts';
import { createRoutes, type RouteContext } from '#platform/route-maker.ts';
import { writeAuditLine } from '#platform/audit.ts';
import { actorOf } from '#platform/caller.ts';
import { spareAudit } from '#platform/spare-audit.ts';
import { createLiveStreams } from './live.ts';
import type { House } from './house.ts';
import type { Modules } from './modules.ts';
import { version } from './version.ts';

/** Every request of the contract meets its module here; nothing is decided. */
export function createApiRoutes(house: House, modules: Modules): OpenAPIHandler<RouteContext> {
  const { database, clock, log, live, config } = house;
  const liveStream = createLiveStreams({ line: live, clock, roleOf: modules.people.roleOf });
  return createRoutes(
    {
      house: api.house,
      people: api.people,
      estate: api.estate,
      upkeep: api.upkeep,
      watch: api.watch,
      desk: api.desk,
      notify: api.notify,
      logbook: api.logbook,
      advice: api.advice,
      reports: api.reports,
    },
    {
      house: {
        about: async () => ({ name: 'Vigie', version, demonstration: config.demonstration }),
        live: async (_input, caller, signal) => liveStream(actorOf(caller), signal),
      },
      people: modules.people.handlers,
      estate: modules.estate.handlers,
      upkeep: modules.upkeep.handlers,
      watch: modules.watch.handlers,
      desk: modules.desk.handlers,
      notify: modules.notify.handlers,
      logbook: modules.logbook.handlers,
      advice: modules.advice.handlers,
      reports: modules.reports.handlers,
    },
    {
      log,
      audit: spareAudit(
        (draft) => database.kysely.transaction().execute((trx) => writeAuditLine(trx, draft, clock.now())),
        clock,
      ),
    },
  );
}
