import { execFileSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { hostileGreeters } from './hostile-servers.ts';
import { startVsftpd } from './daemons/vsftpd.ts';

const certificates = certificatesFor('127.0.0.1');
const plain = await startVsftpd();
const explicit = await startVsftpd({ certificate: certificates.good });
const implicit = await startVsftpd({ certificate: certificates.good, implicit: true });
afterAll(async () => {
  for (const server of [plain, explicit, implicit]) await server[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

const run = (settings: Record<string, unknown>, timeoutMs = 8_000) =>
  runOnce('ftp', { folder: 'drop', ...settings }, '127.0.0.1', { timeoutMs, authorities: [certificates.authority] });

describe('FTP', () => {
  test.each([
    ['in clear', plain, 'none'],
    ['within TLS asked for', explicit, 'explicit'],
    ['within TLS from the start', implicit, 'implicit'],
  ])('%s signs in, lists, and takes a file there and back', async (_what, { port, drop }, security) => {
    writeFileSync(join(drop, 'report.csv'), 'x'.repeat(50));
    const result = await run({ port, security, roundTrip: true });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'visited', data: { files: 1 } } });
    expect(result.metrics.map(({ name }) => name)).toEqual(expect.arrayContaining(['signIn', 'roundTrip', 'total']));
    expect(execFileSync('ls', ['-A', drop]).toString()).toBe('report.csv\n');
  });

  test('judges number and age of the files', async () => {
    const { port, drop } = plain;
    writeFileSync(join(drop, 'report.csv'), 'x');
    utimesSync(join(drop, 'report.csv'), 1_000_000_000, 1_000_000_000);
    expect((await run({ port, newestMaxMinutes: 60 })).reason.code).toBe('filesTooOld');
    expect((await run({ port, leastFiles: 3 })).reason.code).toBe('tooFewFiles');
  });

  test('says what is refused', async () => {
    const { port } = plain;
    expect(await run({ port, user: 'alice', password: 'wrong' })).toMatchObject({
      verdict: 'down',
      reason: { code: 'signInRefused', data: { user: 'alice' } },
    });
    expect((await run({ port, roundTrip: true, folder: '/' })).reason.code).toBe('writeRefused');
    expect((await run({ port, security: 'explicit' })).reason.code).toBe('noTls');
    expect((await run({ port, security: 'implicit' })).verdict).toBe('down');
  });

  test('tells what is wrong with a certificate before it signs in', async () => {
    await using other = await startVsftpd({ certificate: certificates.stranger });
    const settings = { port: other.port, security: 'explicit' };
    expect((await run(settings)).reason.code).toBe('certificateUntrusted');
    expect((await run({ ...settings, verifyCertificate: false })).verdict).toBe('up');
    await using soon = await startVsftpd({ certificate: certificates.soon });
    expect(await run({ port: soon.port, security: 'explicit' })).toMatchObject({ verdict: 'degraded' });
  });

  test('that announces another address for its data is down, and that address is left alone', async () => {
    await using elsewhere = await startVsftpd({
      lines: ['pasv_address=192.0.2.1', 'cmds_denied=EPSV'],
    });
    expect(await run({ port: elsewhere.port })).toMatchObject({
      verdict: 'down',
      reason: { code: 'passiveElsewhere', data: { address: '192.0.2.1' } },
    });
  });

  test('that is frozen or gone is down', async () => {
    await using server = await startVsftpd();
    server.daemon.freeze();
    expect((await run({ port: server.port }, 700)).reason.code).toBe('noGreeting');
    server.daemon.thaw();
    await server.daemon[Symbol.asyncDispose]();
    expect((await run({ port: server.port })).reason.code).toBe('refused');
  });
});

describe('a hostile FTP server', () => {
  test.concurrent.each(hostileGreeters('220 Welcome'))('that %s is down in time', async (_what, start) => {
    await using rude = await start();
    const result = await run({ port: rude.port }, 600);
    expect(result.verdict).toBe('down');
    expect(result.reason.code).not.toBe('internal');
    expect(result.durationMs).toBeLessThan(5_000);
  });

  test('whose list has no end is down', async () => {
    await using data = await loopbackServer((socket) => pour(socket));
    await using rude = await loopbackServer((socket) => {
      socket.write('220 hello\r\n');
      socket.on('data', (chunk: Buffer) => {
        const word = chunk.toString().slice(0, 4).trim();
        const answers: Record<string, string> = {
          USER: '230 in',
          EPSV: `229 Entering Extended Passive Mode (|||${data.port}|)`,
          MLSD: '150 here it comes',
          LIST: '150 here it comes',
        };
        socket.write(`${answers[word] ?? '200 fine'}\r\n`);
      });
    });
    const result = await run({ port: rude.port }, 3_000);
    expect(result).toMatchObject({ verdict: 'down' });
    expect(['endless', 'tooLate']).toContain(result.reason.code);
  });
});

function pour(socket: Socket): void {
  const block = '-rw-r--r-- 1 0 0 1 Jan 01 00:00 name\r\n'.repeat(2_000);
  const on = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', on);
  on();
}
