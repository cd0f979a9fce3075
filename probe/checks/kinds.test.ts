import { describe, expect, test } from 'vitest';
import { z, ZodError } from 'zod';
import type { CheckResult } from '#probe/check-kind.ts';
import { describeKind } from '#probe/describe-kind.ts';
import { closedPort, loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { kinds } from './kinds.ts';

const form = z.object({
  properties: z.record(
    z.string(),
    z.object({
      title: z.string(),
      description: z.string(),
      oneOf: z.array(z.object({ title: z.string() })).optional(),
    }),
  ),
});

/** What every kind owes, whatever it looks at. */
describe.each([...kinds.values()].map((kind) => [kind.name, kind] as const))('the kind %s', (name, kind) => {
  test('works with no settings at all', () => {
    const complete = kind.complete({});
    expect(kind.complete(complete)).toEqual(complete);
    expect(Object.values(complete)).not.toContain(undefined);
  });

  test.each(['en', 'fr'] as const)('explains every field in %s', async (language) => {
    const { properties } = form.parse((await describeKind(kind, language)).settingsSchema);
    expect(Object.keys(properties)).toEqual(Object.keys(kind.complete({})));
    for (const [field, { title, description, oneOf }] of Object.entries(properties)) {
      expect(`${field}: ${title}`).toMatch(/: .{2}/u);
      expect(`${field}: ${description}`).toMatch(/: .{6}/u);
      for (const choice of oneOf ?? []) expect(choice.title).not.toBe('');
    }
  });

  test('has the same reasons and metrics in both languages', () => {
    const { en, fr } = kind.texts;
    expect(Object.keys(fr.reasons).toSorted()).toEqual(Object.keys(en.reasons).toSorted());
    expect(Object.keys(fr.metrics).toSorted()).toEqual(Object.keys(en.metrics).toSorted());
  });

  test('keeps French spaces from breaking', () => {
    const { fr } = kind.texts;
    const words = [fr.name, fr.description, ...Object.values(fr.fields).flatMap(({ label, help }) => [label, help])];
    const sentences = Object.keys(fr.reasons).map((code) => kind.tell({ code, data: sample }, 'fr'));
    for (const text of [...words, ...sentences]) expect(text).not.toMatch(/ [:;?!»]|« /u);
  });

  test('tells a reason from an older version by its code', () => {
    expect(kind.tell({ code: 'constructor', data: {} }, 'en')).toBe('constructor');
  });

  test.each(['en', 'fr'] as const)('has a short manual page in %s', async (language) => {
    const { manual } = await describeKind(kind, language);
    expect(manual.startsWith('# ')).toBe(true);
    expect(manual.length).toBeLessThan(4_000);
  });

  test('refuses settings of the wrong shape', () => {
    for (const field of Object.keys(kind.complete({}))) {
      expect(() => kind.complete({ [field]: { nested: true } })).toThrow(ZodError);
      expect(() => kind.complete({ [field]: 'x'.repeat(5_000) })).toThrow(ZodError);
    }
  });

  test('ends in time and says something honest, whatever answers', async () => {
    for (const behaviour of hostile) {
      await using server = await loopbackServer(behaviour);
      const settings = 'port' in kind.complete({}) ? { port: server.port } : {};
      const result = await runOnce(name, settings, '127.0.0.1', { timeoutMs: 300 });
      expectHonest(result);
      expect(kind.tell(result.reason, 'en')).not.toBe(result.reason.code);
      expect(kind.tell(result.reason, 'fr')).not.toBe(result.reason.code);
      const known = Object.keys(kind.texts.en.metrics);
      for (const metric of result.metrics) expect(known).toContain(metric.name.replace(/:.*$/u, ''));
    }
  });
});

const withPort = [...kinds.values()].filter((kind) => 'port' in kind.complete({}));

test.each(withPort.map(({ name }) => name))('the kind %s calls a closed port down', async (name) => {
  const result = await runOnce(name, { port: await closedPort() }, '127.0.0.1', { timeoutMs: 300 });
  expectHonest(result);
  expect(result.verdict).toBe('down');
});

// One value for every name that a reason's data may have.
const sample = new Proxy({}, { get: () => 3 });

const hostile: ((socket: import('node:net').Socket) => void)[] = [
  () => undefined,
  (socket) => socket.end(),
  (socket) => socket.resetAndDestroy(),
  (socket) => socket.write(Buffer.from(Array.from({ length: 4_096 }, (_none, index) => (index * 7) % 256))),
  (socket) => {
    const timer = setInterval(() => socket.write('\u001b[31mdrip'), 10);
    socket.on('close', () => clearInterval(timer));
  },
];

function expectHonest(result: CheckResult): void {
  expect(['up', 'degraded', 'down', 'unknown']).toContain(result.verdict);
  expect(result.reason.code).not.toBe('internal');
  expect(Buffer.byteLength(result.output)).toBeLessThanOrEqual(8_192);
  expect(result.output).not.toMatch(/[^\P{Cc}\n\t]/u);
  expect(result.durationMs).toBeLessThan(5_000);
  expect(result.metrics.every(({ value }) => Number.isFinite(value))).toBe(true);
}
