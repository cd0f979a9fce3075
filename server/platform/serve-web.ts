import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * Serves the built web UI, and its first page for every address that is no file: the UI finds its page itself. Files are
 * looked up when they are asked for, so that a new build is served without a restart; those compressed when they were
 * built are sent as they are.
 */
export async function serveWeb(
  server: FastifyInstance,
  webFolder: string,
  notFound: (request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): Promise<void> {
  // A new build has other names in there: an old one is gone, and no page stands in for a script.
  const assets = join(webFolder, 'assets/');
  await server.register(staticFiles, {
    root: webFolder,
    suppressWarning: true,
    dotfiles: 'ignore',
    preCompressed: true,
    setHeaders(reply, path) {
      reply.header('cache-control', path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/^\/(?:api|assets)(?:\/|$)/u.test(request.url);
    return isPage && existsSync(join(webFolder, 'index.html'))
      ? reply.sendFile('index.html')
      : notFound(request, reply);
  });
}
