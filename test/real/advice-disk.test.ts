import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '#platform/clock.ts';
import { chance, tellPast } from '../advised-past.ts';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';
import { addUpkeepHost, untilRun, type UpkeepHost } from '../upkeep-host.ts';

/*
 * A real file system in a file, on a real host over SSH, from what fills it to what its runbook brought. Only the weeks
 * before are told: nobody waits for them.
 */

const moved = { ms: 0 };
const clock: Clock = { now: () => new Date(Date.now() + moved.ms) };
const hourMs = 3_600_000;
const mebibyte = 1_048_576;

const folder = mkdtempSync(path.join(tmpdir(), 'vigie-disk-'));
const mount = path.join(folder, 'var');
const image = path.join(folder, 'image');

function mounted(): boolean {
  try {
    writeFileSync(image, Buffer.alloc(64 * mebibyte));
    mkdirSync(mount);
    execFileSync('mkfs.ext4', ['-q', '-m', '0', image], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop', image, mount], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
// A container without devices mounts nothing.
const canMount = mounted();

let house: House;
let host: UpkeepHost;
let checkId: string;

async function seriesOf(): Promise<{ name: string; unit: string }[]> {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  try {
    const found = await client.query<{ name: string; unit: string }>(
      `select s.name, s.unit from watch.series s join watch.check c on c.number = s.check_number
       where c.id = $1 order by s.position`,
      [checkId],
    );
    return found.rows;
  } finally {
    await client.end();
  }
}

/** Days before now, of the hour at this place among those that are told. */
const days = (at: number): number => (at - 700) / 24;

async function look(): Promise<void> {
  const { alice } = house.as;
  const before = (await alice.advice.standing({})).recommendedAt;
  await alice.advice.look({});
  await until(async () => (await alice.advice.standing({})).recommendedAt !== before, 60_000);
}

beforeAll(async () => {
  if (!canMount) return;
  for (const [name, size] of [
    ['log/app', 26],
    ['lib/mail', 11],
    ['cache', 9],
    ['spool', 2],
  ] as const) {
    mkdirSync(path.join(mount, name), { recursive: true });
    writeFileSync(
      path.join(mount, name, 'data'),
      Buffer.alloc(size * mebibyte, 'a line of a log that says the same\n'),
    );
  }
  house = await startHouse({ clock });
  host = await addUpkeepHost(house);
  const check = await house.as.alice.watch.checks.create({
    name: 'Host',
    kind: 'linux-host',
    target: { kind: 'host', id: host.hostId },
    settings: { diskWarnPercent: 0, diskDownPercent: 0 },
    intervalSeconds: 86_400,
  });
  checkId = check.id;
  await until(async () => (await seriesOf()).some(({ name }) => name.startsWith('folderSize:')));
}, 120_000);
afterAll(async () => {
  if (canMount) {
    await host[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
    execFileSync('umount', [mount]);
  }
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!canMount)('a disk that fills up', () => {
  it('is found with the folders that really fill it, and a runbook for it', async () => {
    const { alice, bob } = house.as;
    await alice.upkeep.runbooks.create({
      name: 'Rotate and compress the logs',
      symptoms: ['disk full', 'disque plein'],
      steps: [
        {
          kind: 'command',
          title: 'Compress',
          command: `gzip -f ${path.join(mount, 'log/app/data')} && rm -f ${path.join(mount, 'cache/data')}`,
        },
      ],
    });
    const series = await seriesOf();
    const folders = series.filter(({ name }) => name.startsWith('folderSize:')).map(({ name }) => name.split(':')[1]);
    expect(folders).toEqual(
      expect.arrayContaining(['cache', 'lib/mail', 'log/app', 'spool'].map((name) => path.join(mount, name))),
    );
    const noise = chance(3);
    const grows: Readonly<Record<string, number>> = { 'log/app': 0.6, cache: 0.2, 'lib/mail': 0.03 };
    await tellPast(house, checkId, {
      until: clock.now(),
      stepMs: hourMs,
      count: 700,
      instead: true,
      series: series.map(({ name, unit }) => ({
        name,
        unit,
        value: (at: number) => {
          if (name === `disk:${mount}`) return 84 + 1.3 * days(at) + noise() * 0.3;
          const path_ = Object.keys(grows).find((each) => name === `folderSize:${path.join(mount, each)}`);
          if (path_ !== undefined) return 25 * mebibyte + (grows[path_] ?? 0) * mebibyte * days(at);
          return name.startsWith('folderSize:') ? 2 * mebibyte : null;
        },
      })),
    });
    await look();
    const [found] = (await alice.advice.recommendations.list({ kind: 'diskFilling' })).items;
    expect(found?.title).toMatch(/ on web1 is full in \d+ days \(\d+ to \d+\)$/u);
    expect(found?.finding).toContain(
      `These folders grow: ${['log/app', 'cache', 'lib/mail'].map((name) => path.join(mount, name)).join(', ')}.`,
    );
    expect(found?.gain).toMatch(/^Expected gain \d[\d.]*\sMB: what these folders grew by/u);
    expect(found?.links.find(({ kind }) => kind === 'runbook')?.name).toBe('Rotate and compress the logs');
    const french = await bob.advice.recommendations.get({ id: found?.id ?? '' });
    expect(french.title).toMatch(/plein dans \d+ jours/u);
    expect(french.gain).toMatch(/^Gain attendu/u);
  });

  it('is mended by the run of that runbook, and what that brought is measured', async () => {
    const { alice, bob, olga } = house.as;
    const [found] = (await alice.advice.recommendations.list({ kind: 'diskFilling' })).items;
    const id = found?.id ?? '';
    expect((await bob.advice.recommendations.accept({ id })).state).toBe('accepted');
    const runbookId = found?.links.find(({ kind }) => kind === 'runbook')?.id ?? '';
    const run = await bob.upkeep.runs.propose({ runbookId, hostId: host.hostId });
    await olga.upkeep.runs.approve({ id: run.id, planHash: run.planHash });
    await untilRun(alice, run.id, 'succeeded');
    await until(async () => (await alice.advice.recommendations.get({ id })).state === 'done');
    expect((await alice.advice.recommendations.get({ id })).measured).toBeNull();
    for (let hour = 0; hour < 30; hour += 3) {
      moved.ms += 3 * hourMs;
      await alice.watch.checks.runNow({ id: checkId });
    }
    const gain = async (): Promise<number[]> => {
      await look();
      const { measured } = await alice.advice.recommendations.get({ id });
      return [...(measured ?? '').matchAll(/(\d+(?:\.\d+)?)\s?%/gu)].map(([, value]) => Number(value));
    };
    // Measured anew at each look: the last readings may be stored only after the first.
    await until(async () => ((await gain())[1] ?? 100) < 60);
    const [before = 0, after = 100] = await gain();
    expect(before).toBeGreaterThan(75);
    expect(after).toBeLessThan(60);
  });
});
