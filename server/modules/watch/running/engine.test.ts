import { expect, test } from 'vitest';
import type { Verdict } from '#contract/watch.ts';
import type { NamedThing } from '#contract/words.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase, tablesOf } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { createProbeTools } from '#probe/probe-tools.ts';
import { BlindBook } from './blind-book.ts';
import { Engine } from './engine.ts';
import { LogBooks } from '../logs/log-books.ts';
import { logStore } from '../logs/store-log.ts';
import type { Needs } from '../needs.ts';
import { Recorder } from './recorder.ts';
import type { Settled } from '../states/settled.ts';
import { StateWriter } from '../states/state-writer.ts';
import { storedCheck } from '../testing/stored-check.ts';
import { WatchList } from './watch-list.ts';

const log = createLog('silent');
const at = new Date('2026-11-22T12:00:00Z');
const web: NamedThing = { kind: 'host', id: 'web', name: 'web' };
const switch7: NamedThing = { kind: 'host', id: 'switch7', name: 'switch7' };
const page = storedCheck({ id: 'page', number: 1, target: { kind: 'host', id: web.id }, intervalMs: 2_000 });
/** Its turn comes last, and with it it is read last: as many as are read at once come before it. */
const port = storedCheck({ id: 'port', number: 2, target: { kind: 'host', id: switch7.id }, intervalMs: 86_400_000 });
const others = Array.from({ length: 499 }, (_each, place) =>
  storedCheck({ id: `other ${place}`, number: 10 + place, target: { kind: 'host', id: 'other' }, intervalMs: 2_000 }),
);
const all = new Map([page, port, ...others].map((check) => [check.id, check]));

const never = (): Promise<never> => Promise.reject(new Error('nobody asks for this here'));

const nothing = async (): Promise<void> => undefined;

/** An engine whose checks answer as the test says, and whose last check is read when the test says. */
function startEngine(verdictOf: (id: string) => Verdict) {
  const gate = Promise.withResolvers<void>();
  const settled: Settled[] = [];
  const needs: Needs = {
    hostsById: async (ids) => ids.map((id) => ({ id, name: id, address: '127.0.0.1', local: false })),
    namedThings: async (things) => things.map((thing) => ({ ...thing, name: thing.id })),
    ancestorsOf: async (things) => things.map(({ id }) => (id === web.id ? [switch7] : [])),
    maintenanceAt: async () => [],
    sshAccess: async () => null,
    hostsByAddress: never,
    ensureHosts: never,
    localHost: never,
    inventedRun:
      ({ id }) =>
      async () => ({
        verdict: verdictOf(id),
        reason: { code: 'ok', data: {} },
        output: '',
        metrics: [],
        durationMs: 1,
      }),
  };
  const list = new WatchList({
    needs,
    store: {
      versions: async () =>
        [...all.values()].map(({ id, intervalMs }) => ({ id, changedMs: at.getTime(), intervalMs, isNew: false })),
      async byIds(ids) {
        if (ids.includes(port.id)) await gate.promise;
        return ids.flatMap((id) => all.get(id) ?? []);
      },
      series: async () => [],
      kept: async () => new Map(),
      noteLeave: async () => undefined,
      noteSecretAddress: async () => undefined,
    },
  });
  const recorder = new Recorder({
    store: { addAll: nothing, addSeries: nothing, keep: nothing, keepDays: nothing },
    log,
  });
  const keep = (some: readonly Settled[]): void => void settled.push(...some);
  const writer = new StateWriter({
    flush: async () => true,
    settle: async (some) => (keep(some), new Map(some.map(({ checkId }) => [checkId, all.get(checkId) ?? page]))),
    settleFirst: async (some) => (keep(some), new Set(some.map(({ checkId }) => checkId))),
    log,
  });
  const database = openDatabase('postgres://nobody@127.0.0.1:1/none', { onError: () => undefined });
  const engine = new Engine({
    needs,
    list,
    recorder,
    writer,
    log,
    tools: createProbeTools(steadyClock),
    clock: systemClock,
    inside: () => {
      throw new Error('nobody looks inside here');
    },
    blind: new BlindBook({ add: nothing, beat: async () => null, log }),
    logs: new LogBooks({ store: logStore(tablesOf<'watch'>(database.kysely)), log }),
    keepHeapsDense: () => undefined,
    tellPulse: nothing,
  });
  const ending = new AbortController();
  const begun = engine.begin();
  const worked = engine.work(ending.signal);
  return {
    list,
    settled,
    readTheRest: async () => {
      gate.resolve();
      await begun;
    },
    async [Symbol.asyncDispose]() {
      gate.resolve();
      await begun;
      ending.abort();
      await worked;
      await database.close();
    },
  };
}

/** What was decided of a check, in its order. */
const decided = (settled: readonly Settled[], id: string) =>
  settled.filter(({ checkId }) => checkId === id).map(({ state, because }) => `${state} ${because?.name ?? ''}`.trim());

const soon = { timeout: 15_000, interval: 50 };

test('a failure that comes while the list is read waits for what it may come from', async () => {
  await using watch = startEngine((id) => (id === page.id || id === port.id ? 'down' : 'up'));
  // Confirmed, and not decided: what stands before it has not been read yet.
  await expect.poll(() => watch.list.get(page.id)?.standing.verdict, soon).toBe('down');
  expect(watch.list.get(port.id)).toBeUndefined();
  expect(decided(watch.settled, page.id)).toEqual([]);
  await watch.readTheRest();
  await expect.poll(() => decided(watch.settled, port.id), soon).toEqual(['down']);
  await expect.poll(() => decided(watch.settled, page.id), soon).toEqual(['unreachable switch7']);
}, 40_000);

test('a failure that comes while the list is read is decided once it is read', async () => {
  await using watch = startEngine((id) => (id === page.id ? 'down' : 'up'));
  await expect.poll(() => watch.list.get(page.id)?.standing.verdict, soon).toBe('down');
  expect(decided(watch.settled, page.id)).toEqual([]);
  await watch.readTheRest();
  await expect.poll(() => decided(watch.settled, page.id), soon).toEqual(['down']);
}, 40_000);

test('what failed and was well again while the list was read is never told as down', async () => {
  let verdict: Verdict = 'down';
  await using watch = startEngine((id) => (id === page.id ? verdict : 'up'));
  await expect.poll(() => watch.list.get(page.id)?.standing.verdict, soon).toBe('down');
  verdict = 'up';
  await expect.poll(() => watch.list.get(page.id)?.standing.verdict, soon).toBe('up');
  await watch.readTheRest();
  expect(watch.list.get(page.id)?.stored.state).toBe('up');
  expect(decided(watch.settled, page.id)).toEqual([]);
}, 40_000);
