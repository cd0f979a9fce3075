import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../database.ts';
import { startServerProcess } from '../server-process.ts';

const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-start-'));
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

test('a server whose words nobody reads any more works on, and stops in order when it is asked to', async () => {
  await using database = await createTestDatabase();
  // It tells of each request, so that it writes long before it is asked to stop.
  await using server = await startServerProcess(database.url, dataFolder, { VIGIE_LOG: 'debug' });
  server.stopReading();
  for (let request = 0; request < 20; request += 1) {
    const answer = await fetch(`${server.url}/api/people/session`);
    expect(answer.status).toBeLessThan(500);
  }
  expect(await server.stop()).toBe(0);
});
