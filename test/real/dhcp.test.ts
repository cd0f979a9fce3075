import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Daemon } from './daemons/daemon.ts';
import { inOwnFolder } from './daemons/own-folder.ts';

// A network of its own: the watching end and the servers' end of a cable, each in a namespace.
const watching = `vgw${process.pid}`;
const serving = `vgs${process.pid}`;
const run = promisify(execFile);
const ip = (...words: string[]): void => {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
};

beforeAll(() => {
  ip('netns', 'add', watching);
  ip('netns', 'add', serving);
  ip('link', 'add', 'watch0', 'netns', watching, 'type', 'veth', 'peer', 'name', 'serve0', 'netns', serving);
  ip('-n', watching, 'addr', 'add', '10.77.0.9/24', 'broadcast', '+', 'dev', 'watch0');
  ip('-n', serving, 'addr', 'add', '10.77.0.1/24', 'broadcast', '+', 'dev', 'serve0');
  ip('-n', serving, 'addr', 'add', '10.77.0.2/24', 'dev', 'serve0');
  for (const [space, link] of [
    [watching, 'watch0'],
    [serving, 'serve0'],
  ] as const) {
    ip('-n', space, 'link', 'set', 'lo', 'up');
    ip('-n', space, 'link', 'set', link, 'up');
  }
});
afterAll(() => {
  for (const space of [watching, serving]) ip('netns', 'del', space);
});

const result = z.object({
  verdict: z.string(),
  reason: z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) }),
  output: z.string(),
});

/**
 * Runs the check once for each of the settings in the watching namespace, one after the other in a process of its own, as
 * a user if one is named.
 */
async function ask(settings: readonly Record<string, unknown>[], address = '10.77.0.1', user?: string) {
  const root = join(import.meta.dirname, '../..');
  // Only what the check needs: loading every kind takes longer than the check itself.
  const code = `import { dhcp } from '${root}/probe/checks/dhcp/dhcp.ts';
    import { createNameLookup } from '${root}/probe/name-lookup.ts';
    import { steadyClock } from '${root}/probe/probe-clock.ts';
    const context = {
      signal: new AbortController().signal,
      timeoutMs: 2500,
      clock: steadyClock,
      tools: { lookup: createNameLookup(steadyClock) },
      mayReach: () => true,
    };
    const found = [];
    for (const settings of ${JSON.stringify(settings)})
      found.push(await dhcp.prepare(settings, { address: '${address}' })(context));
    console.log(JSON.stringify(found));
    process.exit(0);`;
  const node = [process.execPath, '--input-type=module', '-e', code];
  const as = user === undefined ? [] : ['setpriv', `--reuid=${user}`, '--clear-groups', '--inh-caps=-all'];
  const { stdout } = await run('ip', ['netns', 'exec', watching, ...as, ...node], { cwd: root });
  return z.array(result).parse(JSON.parse(stdout));
}

function startDhcp(server: string, router: string): Promise<AsyncDisposable> {
  return inOwnFolder('dhcp', async (folder, own) => {
    const options = [
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--port=0',
      '--interface=serve0',
      '--user=root',
      '--pid-file',
      '--no-ping',
      '--dhcp-authoritative',
      `--dhcp-range=10.77.0.100,10.77.0.110,255.255.255.0,7200`,
      `--dhcp-option=option:router,${router}`,
      `--dhcp-option=54,${server}`,
      `--dhcp-leasefile=${join(folder, 'leases')}`,
    ];
    const daemon = own.use(new Daemon('/usr/sbin/ip', ['netns', 'exec', serving, '/usr/sbin/dnsmasq', ...options]));
    await daemon.ready(async () => {
      const { stdout } = await run('ip', ['netns', 'exec', serving, 'ss', '-ulnp']);
      return stdout.includes(':67');
    });
    return {};
  });
}

const codes = (found: readonly z.infer<typeof result>[]): string[] => found.map(({ reason }) => reason.code);

describe('a network', () => {
  test('whose server offers is up, and what it offers is shown', async () => {
    await using _server = await startDhcp('10.77.0.1', '10.77.0.1');
    const found = await ask([
      { listenMs: 1_000 },
      { listenMs: 1_000, interface: 'watch0', expectedRouter: '10.77.0.254' },
      { listenMs: 1_000, servers: ['10.77.0.1', '10.77.0.3'] },
    ]);
    expect(found[0]).toMatchObject({
      verdict: 'up',
      reason: { code: 'offered', data: { server: '10.77.0.1', leaseSeconds: 7_200 } },
    });
    expect(found[0]?.output).toMatch(/10\.77\.0\.1\d\d \/ 255\.255\.255\.0; router 10\.77\.0\.1;/u);
    expect(codes(found)).toEqual(['offered', 'otherRouter', 'oneMissing']);
  });

  test('on which somebody else offers is down, unless that is allowed', async () => {
    await using _rogue = await startDhcp('10.77.0.2', '10.77.0.66');
    const found = await ask([
      { listenMs: 1_000 },
      { listenMs: 1_000, rogue: 'degraded' },
      { listenMs: 1_000, rogue: 'ignore' },
    ]);
    expect(found).toMatchObject([
      { verdict: 'down', reason: { code: 'rogue', data: { server: '10.77.0.2', router: '10.77.0.66' } } },
      { verdict: 'degraded' },
      { reason: { code: 'noOffer' } },
    ]);
  });

  test('without a server is down; with an interface that is not there it is unknown', async () => {
    const found = await ask([{ listenMs: 500 }, { interface: 'nothing0' }]);
    expect(found).toMatchObject([
      { verdict: 'down', reason: { code: 'noOffer' } },
      { verdict: 'unknown', reason: { code: 'noInterface' } },
    ]);
  });

  test('that cannot be asked is unknown, and says what to do', async () => {
    expect(codes(await ask([{}], '192.0.2.1'))).toEqual(['notHere']);
    expect(codes(await ask([{ listenMs: 500 }], '10.77.0.1', 'nobody'))).toEqual(['denied']);
  });
});
