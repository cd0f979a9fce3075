import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import type { OpenAPIHandler } from '@orpc/openapi/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refusals, type RefusalCode } from '#contract/refusal.ts';
import type { Language } from '#contract/words.ts';
import { internalFaultText, refusalText } from '#texts/refusal-text.ts';
import type { Actor, Caller } from './caller.ts';
import { compressAnswers } from './compress-answers.ts';
import type { Log } from './log.ts';
import type { RouteContext } from './route-maker.ts';
import { serveWeb } from './serve-web.ts';

const cookieName = 'vigie_session';
const largestBodyBytes = 1024 * 1024;
const sessionSeconds = 30 * 24 * 3600;

interface Parts {
  readonly log: Log;
  readonly publicUrl: string;
  readonly webFolder: string;
  readonly routes: OpenAPIHandler<RouteContext>;
  /** Finds who a session or API token belongs to; null when it is unknown or has ended. */
  readonly identify: (token: string) => Promise<Actor | null>;
  /** Further pages that are no requests of the contract, such as /healthz and /metrics. */
  readonly pages: (server: FastifyInstance) => void;
}

function languageOf(request: FastifyRequest, actor: Actor | null): Language {
  const asked = request.headers['accept-language']?.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  const first = asked?.find((language) => language === 'fr' || language === 'en');
  if (request.headers['x-vigie-language'] === 'fr' || request.headers['x-vigie-language'] === 'en')
    return request.headers['x-vigie-language'];
  if (first === 'fr' || first === 'en') return first;
  return actor?.language ?? 'en';
}

function tokenOf(request: FastifyRequest): { token: string; fromCookie: boolean } | null {
  const bearer = /^Bearer (?<token>[\w.~+/=-]{1,200})$/u.exec(request.headers.authorization ?? '')?.groups?.['token'];
  if (bearer !== undefined) return { token: bearer, fromCookie: false };
  const kept = request.cookies[cookieName];
  return kept === undefined || kept.length > 200 ? null : { token: kept, fromCookie: true };
}

/** A browser that changes something must come from our own pages (see OWASP, cross-site request forgery). */
function comesFromElsewhere(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.headers.host);
}

function refuse(
  reply: FastifyReply,
  code: RefusalCode,
  language: Language,
  detail: Readonly<Record<string, string | number>> = {},
): FastifyReply {
  return reply
    .status(refusals[code])
    .send({ code, status: refusals[code], message: refusalText(code, detail, language), data: {} });
}

function setHeaders(server: FastifyInstance, secure: boolean): void {
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('x-frame-options')) reply.header('x-frame-options', 'DENY');
    reply.header('referrer-policy', 'same-origin');
    reply.header('cross-origin-opener-policy', 'same-origin');
    if (!reply.hasHeader('content-security-policy')) {
      reply.header(
        'content-security-policy',
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
      );
    }
    if (secure) reply.header('strict-transport-security', 'max-age=31536000');
  });
}

/** Errors before a request reaches its code: unreadable or too large bodies, and faults of the frame itself. */
function setErrors(server: FastifyInstance, log: Log): void {
  server.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) => {
    const language = languageOf(request, null);
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuse(reply, 'too_large', language, { limit: '1 MiB' });
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
      return refuse(reply, request.method === 'GET' ? 'not_found' : 'not_json', language);
    const reference = randomBytes(5).toString('hex');
    log.error({ reference, url: request.url, error }, 'the server failed inside');
    return reply
      .status(500)
      .send({ code: 'internal', status: 500, message: internalFaultText(reference, language), data: { reference } });
  });
}

/** What stands for a body that cannot be read, until it is known whether its sender may ask at all. */
const unreadable = Object.freeze({});

/** Bodies are JSON. One that is not is refused by its request, after permission and not before. */
function setBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {});
    else void parse(request, body.toString(), (error, value) => done(null, error === null ? value : unreadable));
  });
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body.length === 0 ? {} : unreadable);
  });
}

async function callerOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { identify, publicUrl }: Parts,
): Promise<Caller | RefusalCode> {
  const given = tokenOf(request);
  if (given?.fromCookie !== false && comesFromElsewhere(request)) return 'foreign_origin';
  const actor = given === null ? null : await identify(given.token);
  const secure = publicUrl.startsWith('https:');
  return {
    actor,
    language: languageOf(request, actor),
    address: request.ip,
    keepSession(token) {
      const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
      if (token === null) reply.clearCookie(cookieName, options);
      else reply.setCookie(cookieName, token, { ...options, maxAge: sessionSeconds });
    },
  };
}

/** The HTTP server: the API under /api, the built web UI for everything else. Not listening yet. */
export async function createHttp(parts: Parts): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: largestBodyBytes,
    routerOptions: { maxParamLength: 500 },
    requestTimeout: 120_000,
    forceCloseConnections: true,
    trustProxy: 'loopback',
    // An address that cannot be decoded meets no route and no handler.
    frameworkErrors: (_error, request, reply) => void refuse(reply, 'bad_input', languageOf(request, null)),
  });
  await server.register(cookie);
  setHeaders(server, parts.publicUrl.startsWith('https:'));
  compressAnswers(server);
  setErrors(server, parts.log);
  setBodies(server);
  parts.pages(server);
  server.all('/api/*', async (request, reply) => {
    const caller = await callerOf(request, reply, parts);
    if (typeof caller === 'string') return refuse(reply, caller, languageOf(request, null));
    reply.header('cache-control', 'no-store');
    const { matched } = await parts.routes.handle(request, reply, {
      prefix: '/api',
      context: { caller, unreadable: request.body === unreadable },
    });
    return matched ? reply : refuse(reply, 'not_found', caller.language);
  });
  await serveWeb(server, parts.webFolder, (request, reply) => refuse(reply, 'not_found', languageOf(request, null)));
  return server;
}
