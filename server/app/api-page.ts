import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { FastifyInstance } from 'fastify';
import { api } from '#contract/api.ts';
import { version } from './version.ts';

/** The API's description as OpenAPI 3.1, made from the contract. */
function describeApi(): Promise<unknown> {
  return new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(api, {
    info: { title: 'Vigie', version },
    servers: [{ url: '/api' }],
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  });
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Vigie API</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/api/docs/parts/swagger-ui.css">
<div id="page"></div>
<script src="/api/docs/parts/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</html>
`;

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#page', deepLinking: true, docExpansion: 'none', filter: true });
`;

/** The API's description at /api/openapi.json, and a page to read and try it at /api/docs. */
export function serveApiPage(server: FastifyInstance): void {
  let description: Promise<unknown> | null = null;
  server.get('/api/openapi.json', async (_request, reply) => {
    description ??= describeApi();
    return reply.send(await description);
  });
  server.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  server.get('/api/docs/start.js', async (_request, reply) => reply.type('text/javascript').send(start));
  void server.register(staticFiles, {
    root: dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json'))),
    prefix: '/api/docs/parts/',
    decorateReply: false,
    allowedPath: (path) => /^\/swagger-ui(?:-bundle)?\.(?:css|js)$/u.test(path),
    cacheControl: true,
    maxAge: '1d',
  });
}
