import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mayDo } from '#contract/permission.ts';
import { refusals, type RefusalCode } from '#contract/refusal.ts';
import type { Language } from '#contract/words.ts';
import type { Actor } from '#platform/caller.ts';
import type { Log } from '#platform/log.ts';
import { Refusal } from '#platform/refusal.ts';
import { refusalText } from '#texts/refusal-text.ts';
import type { DeskModule } from '../modules/desk/module.ts';

interface Parts {
  readonly desk: Pick<DeskModule, 'takeFile' | 'file' | 'contentOf' | 'rawMail' | 'mailPage'>;
  readonly identify: (token: string) => Promise<Actor | null>;
  readonly log: Log;
}

const address = z.object({ id: z.uuid() });

/** Shown in place, each under a policy under which nothing of it can run. PDF viewers do not start in a sandbox. */
const shown: Readonly<Record<string, string>> = {
  'image/png': "default-src 'none'; sandbox",
  'image/jpeg': "default-src 'none'; sandbox",
  'image/gif': "default-src 'none'; sandbox",
  'image/webp': "default-src 'none'; sandbox",
  'image/bmp': "default-src 'none'; sandbox",
  'application/pdf': "default-src 'none'; object-src 'self'; plugin-types application/pdf; style-src 'unsafe-inline'",
};

function tokenOf(request: FastifyRequest): string | null {
  const bearer = /^Bearer (?<token>[\w.~+/=-]{1,200})$/u.exec(request.headers.authorization ?? '')?.groups?.['token'];
  const kept = request.cookies['vigie_session'];
  return bearer ?? (kept !== undefined && kept.length <= 200 ? kept : null);
}

function refuse(reply: FastifyReply, code: RefusalCode, language: Language, detail: Refusal['detail'] = {}) {
  return reply
    .status(refusals[code])
    .send({ code, status: refusals[code], message: refusalText(code, detail, language), data: {} });
}

/** RFC 6266: the name as it is, percent-encoded, so that no character of it can end the header. */
function disposition(inPlace: boolean, name: string): string {
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `${inPlace ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded}`;
}

function give(server: FastifyInstance, { desk, identify }: Parts): void {
  server.get('/files/:id', async (request, reply) => {
    const token = tokenOf(request);
    const actor = token === null ? null : await identify(token);
    const language = actor?.language ?? 'en';
    if (actor === null) return refuse(reply, 'signed_out', language);
    const { data } = address.safeParse(request.params);
    const file = data === undefined ? null : await desk.file(data.id);
    const operates = mayDo(actor.role, 'desk.read');
    const own = file !== null && file.isPublic && file.requesterPersonId === actor.id && !file.runs;
    // What one may not see is not told to be there.
    if (file === null || !(operates || own)) return refuse(reply, 'not_found', language);
    const asText = !file.runs && (file.type.startsWith('text/') || file.type.endsWith('xml'));
    const policy = file.runs ? undefined : shown[file.type];
    const wanted = new URL(request.url, 'http://vigie.invalid').searchParams.has('show');
    const inPlace = wanted && (policy !== undefined || asText);
    return reply
      .header('content-disposition', disposition(inPlace, file.name))
      .header('content-security-policy', policy ?? "default-src 'none'; sandbox")
      .header('cache-control', 'private, max-age=3600')
      .header('x-frame-options', 'SAMEORIGIN')
      .header('content-length', file.sizeBytes)
      .type(policy !== undefined ? file.type : asText ? 'text/plain; charset=utf-8' : 'application/octet-stream')
      .send(Readable.from(desk.contentOf(file.blobId)));
  });
}

/** Mails as they came, for operators: always to be kept, never opened in place. */
function giveMails(server: FastifyInstance, { desk, identify }: Parts): void {
  server.get('/files/mails/:id', async (request, reply) => {
    const token = tokenOf(request);
    const actor = token === null ? null : await identify(token);
    if (actor === null) return refuse(reply, 'signed_out', 'en');
    if (!mayDo(actor.role, 'desk.read')) return refuse(reply, 'not_found', actor.language);
    const { data } = address.safeParse(request.params);
    const mail = data === undefined ? null : await desk.rawMail(data.id);
    if (mail === null) return refuse(reply, 'not_found', actor.language);
    return reply
      .header('content-disposition', disposition(false, 'mail.eml'))
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, no-store')
      .header('content-length', mail.sizeBytes)
      .type('application/octet-stream')
      .send(Readable.from(desk.contentOf(mail.blobId)));
  });
}

/** The HTML of a mail as a page of its own, for a frame in ours: under a policy under which nothing of it runs or reports. */
function giveMailPages(server: FastifyInstance, { desk, identify }: Parts): void {
  server.get('/files/mails/:id/page', async (request, reply) => {
    const token = tokenOf(request);
    const actor = token === null ? null : await identify(token);
    if (actor === null) return refuse(reply, 'signed_out', 'en');
    const { data } = address.safeParse(request.params);
    if (data === undefined || !mayDo(actor.role, 'desk.read')) return refuse(reply, 'not_found', actor.language);
    const wanted = new URL(request.url, 'http://vigie.invalid').searchParams;
    const wish = {
      language: actor.language,
      remoteImages: wanted.has('remote'),
      folded: wanted.has('folded'),
      dark: wanted.has('dark'),
    };
    try {
      const page = await desk.mailPage(data.id, wish);
      if (page === null) return await refuse(reply, 'not_found', actor.language);
      return await reply
        .header('content-security-policy', page.policy)
        .header('x-frame-options', 'SAMEORIGIN')
        .header('cache-control', 'private, max-age=600')
        .type('text/html; charset=utf-8')
        .send(page.html);
    } catch (error) {
      if (error instanceof Refusal) return refuse(reply, error.code, actor.language, error.detail);
      throw error;
    }
  });
}

function take(server: FastifyInstance, { desk, identify, log }: Parts): void {
  server.put('/files/:id', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const token = tokenOf(request);
    const actor = token === null ? null : await identify(token);
    const language = actor?.language ?? 'en';
    if (actor === null) return refuse(reply, 'signed_out', language);
    // Only what somebody announced themself is taken: an operator for any ticket, a requester for one of their own.
    // A header that no other site's page may send without asking first (see OWASP, custom request headers).
    if (request.headers['x-vigie-file'] === undefined) return refuse(reply, 'foreign_origin', language);
    const { data } = address.safeParse(request.params);
    if (data === undefined || !(request.body instanceof Readable)) return refuse(reply, 'not_found', language);
    try {
      return await desk.takeFile({ attachmentId: data.id, personId: actor.id, stream: request.body });
    } catch (error) {
      if (error instanceof Refusal) return refuse(reply, error.code, language, error.detail);
      log.warn({ error }, 'a file did not arrive whole');
      return refuse(reply, 'busy', language);
    }
  });
}

/** Files go in and out as streams, beside the requests of the contract, which are JSON and small. */
export function serveFiles(server: FastifyInstance, parts: Parts): void {
  void server.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    give(files, parts);
    giveMails(files, parts);
    giveMailPages(files, parts);
    take(files, parts);
  });
}
