import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startHouse, type House } from '../house.ts';
import { runVigie, type CliAnswer } from '../run-vigie.ts';
import { addUpkeepHost, type UpkeepHost } from '../upkeep-host.ts';

let house: House;
let host: UpkeepHost;
beforeAll(async () => {
  house = await startHouse();
  host = await addUpkeepHost(house);
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

async function run(who: 'alice' | 'bob', words: readonly string[]): Promise<CliAnswer> {
  return runVigie(words, { url: house.url, configFolder: tmpdir(), as: house.tokens[who] });
}
const bob = (...words: string[]): Promise<CliAnswer> => run('bob', words);

const withId = z.object({ id: z.string() });

async function propose(name: string, command: string): Promise<string> {
  const steps = JSON.stringify([{ kind: 'command', title: 'Do it', command }]);
  await run('alice', ['upkeep', 'runbooks', 'create', '--name', name, '--safe', '--steps', steps]);
  const { name: hostName } = await house.as.bob.estate.hosts.get({ id: host.hostId });
  const proposed = await bob('upkeep', 'runs', 'propose', '--runbook', name, '--host', hostName, '--json');
  return withId.parse(JSON.parse(proposed.out)).id;
}

describe('the loop at a terminal', () => {
  test('looks at an address and starts what answers there', async () => {
    const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    // Only an administrator may have Vigie look at itself.
    const added = await run('alice', ['--lang', 'fr', 'watch', 'add', `http://127.0.0.1:${port}/`, '--yes']);
    server.close();
    expect(added.code).toBe(0);
    expect(added.told).toContain('Ces contrôles répondent');
    expect(added.out).toContain(`HTTP ${port}`);
    const list = await bob('--lang', 'en', 'watch', 'checks', 'list', '--kind', 'http', '--json');
    expect(list.out).toContain(`HTTP ${port}`);
  });

  test('follows a run to its end, with its output', async () => {
    const id = await propose('Say it', 'for n in 1 2 3; do echo "line $n"; done; printf "\\033[2J"');
    const followed = await bob('--lang', 'en', 'upkeep', 'follow', id);
    expect(followed).toMatchObject({ code: 0, out: 'line 1\nline 2\nline 3\n[2J' });
    expect(followed.told).toContain('Do it');
    expect(followed.told).toContain('succeeded');
  });

  test('ends with 1 when the followed run failed', async () => {
    const id = await propose('Fail', 'echo no; exit 3');
    expect(await bob('--lang', 'fr', 'upkeep', 'follow', id)).toMatchObject({ code: 1, out: 'no\n' });
  });

  test('takes an incident by its number and tells what needs a hand', async () => {
    const opened = await bob('desk', 'tickets', 'create', '--title', 'Printer on fire', '--priority', 'high', '--json');
    const { number } = z.object({ number: z.number() }).parse(JSON.parse(opened.out));
    const now = await bob('--lang', 'en', 'now');
    expect(now.out).toContain('Printer on fire');
    await bob('desk', 'tickets', 'acknowledge', `#${number}`);
    await bob('desk', 'tickets', 'resolve', String(number), '--cause-text', 'Fire', '--remedy-text', 'Water');
    const shown = await bob('--lang', 'fr', 'desk', 'tickets', 'get', String(number));
    expect(shown.out).toMatch(/État\s+résolu/u);
    expect(shown.out).toMatch(/Remède\s+Water/u);
  });
});
