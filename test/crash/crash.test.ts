import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveAccess, pauseLocalCheck, startLabVigie, welcomeCompany, type LabVigie } from '../company.ts';
import { count, lostOrDoubled, overlapping, readAftermath, type Aftermath } from './aftermath.ts';
import { Ledger } from './ledger.ts';
import { markedRestart, markFile, takeStep, type WalkGround } from './walk.ts';

/** How often the server is killed; VIGIE_CRASHES makes it fewer while one works on it. */
const crashes = Number(process.env['VIGIE_CRASHES'] ?? 50);
const root = process.getuid?.() === 0;

async function prepareGround(place: LabVigie): Promise<WalkGround> {
  const company = await welcomeCompany(place.vigie);
  const { lab } = place;
  await pauseLocalCheck(company.alice);
  const host = await company.alice.estate.hosts.create({ name: 'web1', address: lab.hosts.web1.address });
  await giveAccess(company.alice, lab, host.id, 'web1');
  for (const kind of ['http', 'tcp'] as const) {
    await company.alice.watch.checks.create({
      name: `${kind} of web1`,
      kind,
      target: { kind: 'host', id: host.id },
      settings: kind === 'http' ? { scheme: 'http' } : { port: 80 },
      intervalSeconds: 1,
    });
  }
  const runbook = await company.bob.upkeep.runbooks.create({
    name: 'Restart nginx, with a mark',
    parameters: [{ name: 'mark', label: 'Mark', kind: 'text' }],
    steps: [
      { kind: 'command', title: 'Restart nginx', command: markedRestart, sudo: true, timeoutSeconds: 60 },
      { kind: 'check', title: 'Does it answer?', timeoutSeconds: 60 },
    ],
  });
  return { place, company, hostId: host.id, runbookId: runbook.id, ledger: new Ledger() };
}

/** When the next death comes: so many milliseconds after so many more actions. */
interface Moment {
  readonly deeds: number;
  readonly laterMs: number;
}

/**
 * A moment by the clock alone would mostly fall into the waiting for a failure to be confirmed. Counted from an action,
 * it falls into all that follows from actions; with no action before it, into what goes on right after a start.
 */
function randomMoment(): Moment {
  return { deeds: Math.floor(Math.random() * 4), laterMs: Math.random() * 2_000 };
}

/** However little happens, no life is longer. */
const longestLifeMs = 15_000;

/** Walks on until the moment comes, then kills; a request that was cut is what the test is about. */
async function walkUntilKilled(ground: WalkGround, moment: Moment, what: 'server' | 'all'): Promise<number> {
  const death = new AbortController();
  let resolved = 0;
  const walking = (async () => {
    while (!death.signal.aborted) {
      try {
        if ((await takeStep(ground)) !== null) resolved += 1;
      } catch (error) {
        // The answer may be cut a moment before the killer says so.
        await sleep(20);
        if (!death.signal.aborted && !isCutLine(error)) throw error;
      }
    }
  })();
  await Promise.race([untilMoment(ground.ledger, moment), walking]);
  death.abort();
  await ground.place.vigie.kill(what);
  await walking;
  return resolved;
}

async function untilMoment({ lines }: Ledger, { deeds, laterMs }: Moment): Promise<void> {
  const wanted = lines.length + deeds;
  const latest = performance.now() + longestLifeMs - laterMs;
  while (lines.length < wanted && performance.now() < latest) await sleep(5);
  await sleep(laterMs);
}

function isCutLine(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && /fetch failed|terminated/u.test(error.message));
}

/** Walks without a crash until nothing is open and nothing runs. */
async function walkHome(ground: WalkGround): Promise<void> {
  const { alice } = ground.company;
  const deadline = performance.now() + 120_000;
  for (;;) {
    const open = (await alice.desk.tickets.list({ open: 'true' })).items;
    const under = (await alice.watch.checks.counts({})).down;
    if (open.length === 0 && under === 0) return;
    if (performance.now() > deadline) {
      const runs = (await alice.upkeep.runs.list({ limit: 3 })).items;
      throw new Error(`It does not come to rest: ${JSON.stringify({ open, runs }, null, 1)}`);
    }
    if (open.length > 0) await takeStep(ground);
    else await sleep(200);
  }
}

describe.skipIf(!root)(`a server that is killed ${crashes} times in the middle of the loop`, () => {
  let place: LabVigie;
  let ground: WalkGround;
  let after: Aftermath;
  let marks: string[];
  let resolved = 0;

  beforeAll(async () => {
    place = await startLabVigie(['web1']);
    ground = await prepareGround(place);
    for (let crash = 1; crash <= crashes; crash += 1) {
      resolved += await walkUntilKilled(ground, randomMoment(), crash % 2 === 0 ? 'all' : 'server');
      await place.vigie.start();
    }
    await walkHome(ground);
    after = await readAftermath(ground.company.alice);
    const said = await place.lab.exec('web1', `cat ${markFile} 2>/dev/null || :`);
    marks = said.stdout.split('\n').filter((line) => line !== '');
  }, 1_800_000);

  afterAll(async () => {
    await place?.[Symbol.asyncDispose]();
  }, 60_000);

  test('got through the loop, more than once', () => {
    expect(resolved).toBeGreaterThan(0);
    expect(ground.ledger.lines.length).toBeGreaterThan(crashes / 2);
  });

  test('kept every comment and note it had acknowledged, and has none twice', () => {
    const comments = after.tickets.flatMap(({ events }) => events).filter(({ kind }) => kind === 'comment');
    expect(lostOrDoubled(ground.ledger.of('comment'), (mark) => count(comments, ({ text }) => text === mark))).toEqual(
      [],
    );
    const notes = after.entries.filter(({ kind }) => kind === 'note');
    expect(lostOrDoubled(ground.ledger.of('note'), (mark) => count(notes, ({ text }) => text === mark))).toEqual([]);
  });

  test.each([
    ['acknowledge', 'acknowledged'],
    ['resolve', 'resolved'],
  ] as const)('kept every %s, and tells it once', (deed, kind) => {
    const told = (mark: string): number =>
      count(after.tickets.find(({ id }) => id === mark)?.events ?? [], (event) => event.kind === kind);
    expect(lostOrDoubled(ground.ledger.of(deed), told)).toEqual([]);
  });

  test('opened one incident for each outage, and tells its opening once', () => {
    expect(after.tickets.filter(({ state }) => state !== 'resolved')).toEqual([]);
    expect(after.tickets.filter(({ events }) => count(events, ({ kind }) => kind === 'opened') !== 1)).toEqual([]);
    expect(overlapping(after.tickets)).toEqual([]);
  });

  test('kept every run that was proposed and agreed to', () => {
    expect(
      lostOrDoubled(ground.ledger.of('propose'), (mark) => count(after.runs, ({ inputs }) => inputs['mark'] === mark)),
    ).toEqual([]);
    expect(
      lostOrDoubled(ground.ledger.of('approve'), (mark) =>
        count(after.runs, ({ id, approvedBy }) => id === mark && approvedBy?.name === 'Olga Petit'),
      ),
    ).toEqual([]);
  });

  test('ran no step twice, and every step of a run that succeeded', () => {
    const ran = after.runs.map(({ state, inputs }) => ({
      state,
      times: count(marks, (mark) => mark === inputs['mark']),
    }));
    expect(ran.filter(({ times }) => times > 1)).toEqual([]);
    expect(ran.filter(({ state, times }) => state === 'succeeded' && times !== 1)).toEqual([]);
    expect(marks.filter((mark) => count(after.runs, ({ inputs }) => inputs['mark'] === mark) !== 1)).toEqual([]);
  });

  test('tells each turn of a run once in the story of its incident', () => {
    const events = after.tickets.flatMap((ticket) => ticket.events);
    const doubled = after.runs.flatMap((run) =>
      (['run_proposed', 'run_approved', 'run_started', 'run_ended'] as const)
        .filter((kind) => count(events, (event) => event.runId === run.id && event.kind === kind) > 1)
        .map((kind) => `${kind} of ${run.id}`),
    );
    expect(doubled).toEqual([]);
  });

  test('says when it came back to a step after its own death', () => {
    const back = after.runs.flatMap(({ steps }) => steps).filter(({ reattached }) => reattached > 0);
    expect(back.length).toBeGreaterThan(0);
  });

  test('has hash chains that hold', async () => {
    const { alice } = ground.company;
    expect(await alice.people.audit.verify({})).toMatchObject({ holds: true, brokenAt: null });
    expect(await alice.logbook.entries.verify({})).toMatchObject({ holds: true, brokenAt: null });
    expect(after.requests.get('desk.tickets.comment') ?? 0).toBeGreaterThanOrEqual(
      count(ground.ledger.of('comment'), ({ acknowledged }) => acknowledged),
    );
  });
});
