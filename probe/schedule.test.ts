import fc from 'fast-check';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { phaseOf } from './phase-of.ts';
import { steadyClock } from './probe-clock.ts';
import { CheckSchedule } from './schedule.ts';
import { TimerWheel } from './timer-wheel.ts';

/** A schedule whose time is moved by the test. */
function handMoved(concurrency = 1_000, beginsMs = 1_000_000) {
  const clock = { nowMs: () => now };
  let now = beginsMs;
  const started: { id: string; atMs: number; cause: string }[] = [];
  const ends = new Map<string, () => void>();
  const schedule = new CheckSchedule({
    clock,
    concurrency,
    start(id, cause) {
      started.push({ id, atMs: now, cause });
      return new Promise((resolve) => ends.set(id, resolve));
    },
  });
  const settle = async (): Promise<void> => {
    for (const end of ends.values()) end();
    ends.clear();
    await Promise.resolve();
    await Promise.resolve();
  };
  const move = async (ms: number, step = 40): Promise<void> => {
    for (let moved = 0; moved < ms; moved += step) {
      now += step;
      schedule.tick();
      await settle();
    }
  };
  return {
    schedule,
    started,
    move,
    settle,
    step: (ms: number) => ((now += ms), schedule.tick()),
    end: (id: string) => ends.get(id)?.(),
  };
}

describe('the plan', () => {
  test('runs every check once within its interval, spread out, and again at the same phase', async () => {
    const { schedule, started, move } = handMoved();
    for (let index = 0; index < 500; index += 1) schedule.set({ id: `check-${index}`, intervalMs: 5_000 });
    await move(5_000);
    expect(new Set(started.map(({ id }) => id)).size).toBe(500);
    const perSlot = Map.groupBy(started, ({ atMs }) => atMs);
    expect(Math.max(...[...perSlot.values()].map((list) => list.length))).toBeLessThan(25);
    await move(5_000);
    for (const list of Map.groupBy(started, ({ id }) => id).values()) {
      const moments = list.map(({ atMs }) => atMs % 5_000);
      expect(new Set(moments).size).toBe(1);
    }
    schedule[Symbol.dispose]();
  });

  test('is not disturbed when another check comes, changes or goes', async () => {
    const { schedule, started, move } = handMoved();
    schedule.set({ id: 'steady', intervalMs: 1_000 });
    await move(2_000);
    const before = started.filter(({ id }) => id === 'steady').map(({ atMs }) => atMs % 1_000);
    for (let index = 0; index < 50; index += 1) schedule.set({ id: `other-${index}`, intervalMs: 700 }, 'now');
    for (let index = 0; index < 50; index += 1) schedule.remove(`other-${index}`);
    await move(3_000);
    const after = started.filter(({ id }) => id === 'steady').map(({ atMs }) => atMs % 1_000);
    expect(after).toHaveLength(5);
    expect(new Set([...before, ...after]).size).toBe(1);
    schedule[Symbol.dispose]();
  });

  test('runs once a round though interval and grid do not divide each other', async () => {
    const { schedule, started, move } = handMoved();
    for (let index = 0; index < 100; index += 1) schedule.set({ id: `p${index}`, intervalMs: 5_000, slotMs: 250 });
    for (let index = 0; index < 100; index += 1) schedule.set({ id: `q${index}`, intervalMs: 710 });
    await move(7_100, 20);
    const counts = [...Map.groupBy(started, ({ id }) => id).values()].map((list) => list.length);
    expect(new Set(counts)).toEqual(new Set([1, 2, 10]));
    expect(schedule.takeLateness().skipped).toBe(0);
    schedule[Symbol.dispose]();
  });

  test('survives a restart, a reload and a change without a burst and without a gap', async () => {
    const ids = Array.from({ length: 600 }, (_none, index) => `check-${index}`);
    const first = handMoved();
    for (const id of ids) first.schedule.set({ id, intervalMs: 10_000 });
    await first.move(15_000);
    // Read again unchanged, as after a lost connection.
    for (const id of ids) first.schedule.set({ id, intervalMs: 10_000 });
    await first.move(5_000);
    first.schedule[Symbol.dispose]();
    // The next process begins two seconds later and knows nothing but the ids.
    const second = handMoved(1_000, 1_000_000 + 22_000);
    for (const id of ids) second.schedule.set({ id, intervalMs: 10_000 });
    await second.move(20_000);
    second.schedule[Symbol.dispose]();
    const started = [...first.started, ...second.started];
    const perHalfSecond = Map.groupBy(started, ({ atMs }) => Math.floor(atMs / 500));
    expect(Math.max(...[...perHalfSecond.values()].map((list) => list.length))).toBeLessThan(60);
    for (const runs of Map.groupBy(started, ({ id }) => id).values()) {
      const gaps = runs.slice(1).map(({ atMs }, index) => atMs - (runs[index]?.atMs ?? 0));
      // Two seconds without a process may cost a run that fell into them, and nothing more.
      expect(Math.max(...gaps)).toBeLessThanOrEqual(20_040);
      expect(gaps.filter((gap) => gap > 10_040).length).toBeLessThanOrEqual(1);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(9_960);
    }
  });

  test('leaves out runs of what is slowed, evenly, and takes them up again at the old phase', async () => {
    const { schedule, started, move } = handMoved();
    for (let index = 0; index < 200; index += 1) schedule.set({ id: `check-${index}`, intervalMs: 1_000 });
    await move(3_000);
    const phases = new Map(started.map(({ id, atMs }) => [id, atMs % 1_000]));
    for (let index = 0; index < 200; index += 1) schedule.stretch(`check-${index}`, 4);
    expect(schedule.stretched).toBe(200);
    started.length = 0;
    await move(8_000);
    expect(started.length).toBeGreaterThan(380);
    expect(started.length).toBeLessThan(420);
    const perSecond = Map.groupBy(started, ({ atMs }) => Math.floor(atMs / 1_000));
    expect(Math.max(...[...perSecond.values()].map((list) => list.length))).toBeLessThan(75);
    for (let index = 0; index < 200; index += 1) schedule.stretch(`check-${index}`, 1);
    started.length = 0;
    await move(2_000);
    expect(started.length).toBeGreaterThan(390);
    for (const { id, atMs } of started) expect(atMs % 1_000).toBe(phases.get(id));
    schedule[Symbol.dispose]();
  });

  test('starts a new check at once when asked', async () => {
    const { schedule, started, move } = handMoved();
    schedule.set({ id: 'new', intervalMs: 3_600_000 }, 'now');
    await move(80);
    expect(started).toMatchObject([{ id: 'new', cause: 'hurried' }]);
    schedule[Symbol.dispose]();
  });

  test('hurries a check without losing its rhythm', async () => {
    const { schedule, started, move } = handMoved();
    schedule.set({ id: 'a', intervalMs: 10_000 });
    await move(10_000);
    const phase = (started[0]?.atMs ?? 0) % 10_000;
    schedule.hurry('a', 400);
    await move(10_000);
    expect(started.map(({ cause }) => cause)).toEqual(['plan', 'hurried', 'plan']);
    expect((started[2]?.atMs ?? 0) % 10_000).toBe(phase);
    schedule[Symbol.dispose]();
  });

  test('never runs one check twice at a time, and counts what it left out', () => {
    const { schedule, started, step } = handMoved();
    schedule.set({ id: 'slow', intervalMs: 1_000 });
    for (let index = 0; index < 100; index += 1) step(40);
    expect(started).toHaveLength(1);
    expect(schedule.takeLateness().skipped).toBeGreaterThanOrEqual(2);
    schedule[Symbol.dispose]();
  });

  test('runs a check once more when it is hurried while it runs', async () => {
    const { schedule, started, step, settle, move } = handMoved();
    schedule.set({ id: 'a', intervalMs: 60_000 }, 'now');
    step(80);
    expect(started).toHaveLength(1);
    schedule.hurry('a');
    await settle();
    await move(120);
    expect(started).toHaveLength(2);
    schedule[Symbol.dispose]();
  });

  test('keeps to its concurrency and lets the hurried ones go first', async () => {
    const { schedule, started, step, end } = handMoved(1);
    schedule.set({ id: 'first', intervalMs: 60_000 }, 'now');
    step(80);
    for (const id of ['p1', 'p2']) schedule.set({ id, intervalMs: 120 });
    step(200);
    schedule.set({ id: 'urgent', intervalMs: 60_000 }, 'now');
    step(80);
    expect(started).toHaveLength(1);
    expect(schedule.takeLateness()).toMatchObject({ running: 1, waiting: 3 });
    end('first');
    await wait(0);
    expect(started[1]?.id).toBe('urgent');
    schedule[Symbol.dispose]();
  });
});

test('a schedule runs by itself on the real clock, and stops', async () => {
  let runs = 0;
  const schedule = new CheckSchedule({
    clock: steadyClock,
    start: async () => {
      runs += 1;
    },
  });
  schedule.set({ id: 'a', intervalMs: 100 });
  await wait(700);
  schedule[Symbol.dispose]();
  const seen = runs;
  expect(seen).toBeGreaterThan(2);
  await wait(250);
  expect(runs).toBe(seen);
});

test('phases are spread evenly over the interval', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 10_000; index += 1) {
    const place = Math.floor(
      phaseOf(`0193a0c4-7b1e-7000-8000-${index.toString(16).padStart(12, '0')}`, 5_000, 50) / 500,
    );
    counts[place] = (counts[place] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1_150);
});

const wheelStep = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), id: fc.nat(20), inMs: fc.nat(5_000) }),
  fc.record({ kind: fc.constant('delete' as const), id: fc.nat(20), inMs: fc.constant(0) }),
  fc.record({ kind: fc.constant('take' as const), id: fc.constant(0), inMs: fc.nat(3_000) }),
);

test('the wheel gives out each thing once, in order and never early, whatever is set and deleted', () => {
  fc.assert(
    fc.property(fc.array(wheelStep, { maxLength: 200 }), (steps) => {
      let now = 10_000;
      const wheel = new TimerWheel(40, now);
      const model = new Map<string, number>();
      const faults: string[] = [];
      const take = (): void => {
        const taken = wheel.take(now);
        for (const { id } of taken) {
          const due = model.get(id);
          if (due === undefined || Math.floor(due / 40) > Math.floor(now / 40)) faults.push(id);
          model.delete(id);
        }
        const order = taken.map(({ dueMs }) => dueMs);
        if (order.some((dueMs, index) => dueMs < (order[index - 1] ?? 0))) faults.push('order');
      };
      for (const { kind, id, inMs } of steps) {
        const key = String(id);
        if (kind === 'take') {
          now += inMs;
          take();
        } else if (kind === 'set') {
          wheel.set(key, now + inMs);
          model.set(key, now + inMs);
        } else {
          wheel.delete(key);
          model.delete(key);
        }
      }
      now += 10_000_000;
      take();
      expect(faults).toEqual([]);
      expect(model.size).toBe(0);
    }),
  );
});
