import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const worthwhileBytes = 1024;
const compressible = /^(?:text\/(?!event-stream)|application\/(?:json|javascript)\b|image\/svg)/u;
const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/** Which of ours a client takes. One that gives weights is taken at its word only where it refuses. */
function encodingFor(accepted: string | undefined): 'br' | 'gzip' | null {
  const names = (accepted ?? '')
    .split(',')
    .filter((part) => !/;\s*q=0(?:\.0*)?\s*$/u.test(part))
    .map((part) => part.split(';')[0]?.trim().toLowerCase());
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : null;
}

/**
 * Compresses whole answers of a kilobyte and more on their way out, off the main thread. Streams are left alone: live
 * events must not wait in a buffer, and the web's files are compressed when they are built.
 */
export function compressAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    const type = reply.getHeader('content-type');
    if (typeof type !== 'string' || !compressible.test(type) || reply.hasHeader('content-encoding')) return payload;
    if (Buffer.byteLength(payload) < worthwhileBytes) return payload;
    reply.header('vary', 'accept-encoding');
    const encoding = encodingFor(request.headers['accept-encoding']);
    if (encoding === null) return payload;
    const packed =
      encoding === 'br'
        ? await toBrotli(payload, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
        : await toGzip(payload, { level: 5 });
    reply.header('content-encoding', encoding);
    reply.header('content-length', packed.length);
    return packed;
  });
}
