import type { FastifyInstance } from 'fastify';
import { serveApiPage } from './api-page.ts';
import { serveBeats } from './serve-beats.ts';
import { serveFiles } from './serve-files.ts';
import type { Modules } from './modules.ts';
import type { House } from './house.ts';

/** What is not a request of the contract: health, metrics of the process itself, and the API's description. */
export function createPages(
  house: House,
  { watch, desk, people }: Pick<Modules, 'watch' | 'desk' | 'people'>,
): (server: FastifyInstance) => void {
  return (server) => {
    server.get('/healthz', async (_request, reply) => {
      const well = await house.database.pool.query('select 1').then(
        () => true,
        () => false,
      );
      return reply.status(well ? 200 : 503).send({ status: well ? 'ok' : 'no database' });
    });
    server.get('/metrics', async (request, reply) => {
      const token =
        /^Bearer (?<token>\S{1,200})$/u.exec(request.headers.authorization ?? '')?.groups?.['token'] ?? null;
      const watched = await watch.metrics(token);
      if (watched === null)
        return reply.status(401).header('www-authenticate', 'Bearer').type('text/plain').send('a token is needed\n');
      const { rss } = process.memoryUsage();
      const { user, system } = process.cpuUsage();
      const lines = [
        '# HELP process_resident_memory_bytes Resident memory size in bytes.',
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${rss}`,
        '# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.',
        '# TYPE process_cpu_seconds_total counter',
        `process_cpu_seconds_total ${(user + system) / 1e6}`,
        '# HELP vigie_database_connections Connections of the pool by state.',
        '# TYPE vigie_database_connections gauge',
        `vigie_database_connections{state="idle"} ${house.database.pool.idleCount}`,
        `vigie_database_connections{state="all"} ${house.database.pool.totalCount}`,
        `vigie_database_connections{state="waiting"} ${house.database.pool.waitingCount}`,
        ...watched,
      ];
      return reply.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`);
    });
    serveApiPage(server);
    serveBeats(server, watch.beat);
    serveFiles(server, { desk, identify: people.identify, log: house.log });
  };
}
