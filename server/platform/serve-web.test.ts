import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compressAnswers } from './compress-answers.ts';
import { serveWeb } from './serve-web.ts';

let folder: string;
let server: FastifyInstance;
const long = 'x'.repeat(5_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<p>first page</p>');
  await writeFile(join(folder, '.built-from.json'), '{}');
  await writeFile(join(folder, 'assets/one.js'), long);
  await writeFile(join(folder, 'assets/one.js.br'), brotliCompressSync(long));
  server = fastify();
  compressAnswers(server);
  server.get('/api/long', async () => ({ long }));
  server.get('/api/short', async () => ({ short: 'x' }));
  await serveWeb(server, folder, (_request, reply) => reply.status(404).send({ code: 'not_found' }));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, acceptEncoding = 'gzip, deflate, br, zstd') =>
  server.inject({ url, headers: { 'accept-encoding': acceptEncoding } });

it('sends a file as it was compressed by the build, or plain to who takes no other', async () => {
  const packed = await get('/assets/one.js');
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(long);
  const plain = await get('/assets/one.js', 'identity');
  expect([plain.headers['content-encoding'], plain.payload]).toEqual([undefined, long]);
});

it('answers with the first page for every address but a file, a script that is gone, and the API', async () => {
  for (const url of ['/', '/desk/tickets/7?tab=story', '/.built-from.json']) {
    const page = await get(url);
    expect([url, page.statusCode, page.headers['cache-control'], page.payload]).toEqual([
      url,
      200,
      'no-cache',
      '<p>first page</p>',
    ]);
  }
  for (const url of ['/assets/gone.js', '/api/nothing']) expect((await get(url)).statusCode).toBe(404);
});

it('serves a new build without a restart', async () => {
  await rm(join(folder, 'assets/one.js'));
  await rm(join(folder, 'assets/one.js.br'));
  await writeFile(join(folder, 'assets/two.js'), 'two');
  await writeFile(join(folder, 'index.html'), '<p>second build</p>');
  expect((await get('/assets/two.js')).payload).toBe('two');
  expect((await get('/assets/one.js')).statusCode).toBe(404);
  expect((await get('/')).payload).toBe('<p>second build</p>');
});

it('compresses long answers as the client takes them, and leaves short ones', async () => {
  const br = await get('/api/long');
  expect([br.headers['content-encoding'], br.headers['content-length']]).toEqual(['br', String(br.rawPayload.length)]);
  expect(brotliDecompressSync(br.rawPayload).toString()).toBe(JSON.stringify({ long }));
  const gz = await get('/api/long', 'gzip;q=0.8, br;q=0');
  expect(gz.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  expect(gunzipSync(gz.rawPayload).toString()).toBe(JSON.stringify({ long }));
  expect((await get('/api/long', 'identity')).json()).toEqual({ long });
  expect((await get('/api/short')).headers['content-encoding']).toBeUndefined();
});

it.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/..%5csecret.txt',
  '/assets/....//....//secret.txt',
  '/assets/%00/../../secret.txt',
  '/assets/one.js%00.html',
  '//etc/passwd',
  '/file:///etc/passwd',
  '/assets/%252e%252e/%252e%252e/secret.txt',
])('gives no file outside its folder: %s', async (url) => {
  const outside = join(folder, '..', 'secret.txt');
  await writeFile(outside, 'outside');
  try {
    // As bytes on the line: a client would tidy the address first.
    const answer = await asSent(url);
    expect(answer).not.toContain('outside');
    expect(answer).not.toContain('root:');
  } finally {
    await rm(outside, { force: true });
  }
});

async function asSent(url: string): Promise<string> {
  const listening = await server.listen({ host: '127.0.0.1', port: 0 });
  const line = connect(Number(new URL(listening).port), '127.0.0.1');
  line.end(`GET ${url} HTTP/1.1\r\nhost: vigie.test\r\nconnection: close\r\n\r\n`);
  return text(line);
}
