import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { createProbeTools, trustOf } from '#probe/probe-tools.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { storedCheck } from '../testing/stored-check.ts';
import { runCheck } from './run-check.ts';
import { watchedOf } from './watched.ts';

/** A name of the estate, and two machines that it may lead to. */
const name = 'shop.example';
const [before, after] = ['127.0.0.71', '127.0.0.72'];
let leadsTo = before;

const certificates = certificatesFor(name);
/** Who was told which password, by their own address. */
let told: string[] = [];
const servers: { close: () => unknown }[] = [];
const ports = { http: 0, https: 0 };

beforeAll(async () => {
  for (const scheme of ['http', 'https'] as const)
    for (const address of [before, after]) {
      const certificate = address === before ? certificates.good : certificates.stranger;
      const server = scheme === 'http' ? createHttpServer() : createHttpsServer(certificate);
      server.on('request', (request, response) => {
        if (request.headers.authorization !== undefined) told.push(`${scheme} ${address}`);
        response.end('well');
      });
      await new Promise<void>((resolve) => server.listen(ports[scheme], address, resolve));
      const bound = server.address();
      if (typeof bound === 'object' && bound !== null) ports[scheme] = bound.port;
      servers.push(server);
    }
});
afterAll(() => {
  for (const server of servers) server.close();
  certificates[Symbol.dispose]();
});
beforeEach(() => {
  told = [];
  leadsTo = before;
});

const tools = {
  ...createProbeTools(steadyClock),
  trust: trustOf([certificates.authority]),
  lookup: { resolve: () => Promise.resolve([{ address: leadsTo, family: 4 as const }]) },
};

function page(scheme: 'http' | 'https', address: string) {
  const stored = storedCheck({
    kind: 'http',
    settings: { scheme, port: ports[scheme], signIn: 'basic', user: 'vigie', password: 'sesame' },
    specialAllowed: true,
    specialAddress: address,
    secretAddress: name,
  });
  const target = { kind: 'host', id: 'shop', name: 'shop' } as const;
  return watchedOf(stored, { target, address, hostId: 'shop', needs: [] });
}

const run = async (scheme: 'http' | 'https', address = name) => {
  const { outcome } = await runCheck(
    {
      tools,
      clock: systemClock,
      needs: { sshAccess: () => Promise.resolve(null) },
      logs: { take: () => undefined },
      inside: () => {
        throw new Error('not asked');
      },
    },
    page(scheme, address),
  );
  return outcome;
};

test('a password is given for a name, and goes where the name leads today', async () => {
  expect((await run('http')).verdict).toBe('up');
  leadsTo = after;
  expect((await run('http')).verdict).toBe('up');
  expect(told).toEqual([`http ${before}`, `http ${after}`]);
});

test('where the name leads to a machine that cannot prove the name, it is told nothing', async () => {
  expect((await run('https')).verdict).toBe('up');
  leadsTo = after;
  expect(await run('https')).toMatchObject({ verdict: 'down' });
  expect(told).toEqual([`https ${before}`]);
});

test('a name that comes to lead to a provider’s secrets is not followed, whatever leave its check has', async () => {
  leadsTo = '169.254.169.254';
  const { verdict, reason } = await run('http');
  expect(verdict).not.toBe('up');
  expect(reason.code).toMatch(/address/iu);
});

test('a host that is given another name or address is told nothing, though it stands on the same machine', async () => {
  expect(await run('http', before)).toMatchObject({
    verdict: 'unknown',
    reason: { code: 'secret_elsewhere', data: { from: name, to: before } },
  });
  expect(told).toEqual([]);
});
