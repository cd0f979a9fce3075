import { expect, test } from 'vitest';
import type { OwnFigures } from '#probe/own-figures.ts';
import { RunMemory } from '#probe/run-memory.ts';
import { probeContext } from '#probe/testing/probe-context.ts';
import { vigie } from './vigie.ts';

const well: OwnFigures = {
  results: 6_000,
  lateMedianMs: 5,
  lateP95Ms: 20,
  lateP99Ms: 50,
  skipped: 0,
  waiting: 0,
  running: 3,
  unwritten: 40,
  writeMs: 8,
  lost: 0,
  loopMs: 4,
  apiLoopMs: null,
  memoryBytes: 2e8,
  checks: 1_000,
  slowed: 0,
};
const memory = new RunMemory();

function look(figures: OwnFigures | null, settings = {}) {
  const context = probeContext({ timeoutMs: 300, memory });
  return vigie.prepare(settings, { address: '' })({
    ...context,
    tools: { ...context.tools, own: { figures, apiLoopMs: null } },
  });
}

test('a watch that is on time is up, with its figures as series', async () => {
  const result = await look(well);
  expect(result).toMatchObject({ verdict: 'up', reason: { code: 'onTime' } });
  expect(result.metrics).toContainEqual({ name: 'results', unit: 'perSecond', value: 100 });
  expect(result.metrics.map(({ name }) => name)).not.toContain('apiLoop');
});

test('a watch that is late is degraded, and down when it is far too late', async () => {
  expect((await look({ ...well, lateP99Ms: 2_000 })).verdict).toBe('degraded');
  expect((await look({ ...well, lateP99Ms: 30_000, slowed: 12 })).verdict).toBe('down');
  expect((await look({ ...well, lateP99Ms: 30_000 }, { downLateMs: 0 })).verdict).toBe('degraded');
});

test('results that are lost alarm once, not for ever', async () => {
  expect((await look({ ...well, lost: 7 })).reason).toEqual({ code: 'losing', data: { lost: 7 } });
  expect((await look({ ...well, lost: 7 })).verdict).toBe('up');
});

test('a server that does not watch says so', async () => {
  expect(await look(null)).toMatchObject({ verdict: 'unknown', reason: { code: 'notWatching' } });
});
