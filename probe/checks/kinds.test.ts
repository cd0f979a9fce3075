import { createSocket } from 'node:dgram';
import { createServer, isIP } from 'node:net';
import { describe, expect, test } from 'vitest';
import { z, ZodError } from 'zod';
import { isShown, type ShowWhen } from '#contract/show-when.ts';
import type { AnyCheckKind, CheckResult } from '#probe/check-kind.ts';
import { describeKind } from '#probe/describe-kind.ts';
import type { FoundAddress, NameLookup } from '#probe/name-lookup.ts';
import { conditionsOf } from '#probe/only-when.ts';
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
    const conditions = conditionsOf(kind.schema);
    for (const field of Object.keys(kind.complete({}))) {
      const shown = valuesThatShow(kind, conditions.get(field) ?? {});
      expect(() => kind.complete({ ...shown, [field]: { nested: true } })).toThrow(ZodError);
      expect(() => kind.complete({ ...shown, [field]: 'x'.repeat(5_000) })).toThrow(ZodError);
    }
  });

  test('shows its settings by others that it has, and that are themselves of use', () => {
    const conditions = conditionsOf(kind.schema);
    for (const [field, when] of conditions) {
      expect(Object.keys(when).length).toBeGreaterThan(0);
      const shown = kind.complete(valuesThatShow(kind, when));
      expect({ field, shown: isShown(when, shown) }).toEqual({ field, shown: true });
      for (const [other, wanted] of Object.entries(when)) {
        expect(other).not.toBe(field);
        expect({ other, shown: isShown(conditions.get(other), shown) }).toEqual({ other, shown: true });
        for (const value of wanted === 'filled' ? [] : wanted) kind.complete({ ...shown, [other]: value });
      }
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

/** A name that leads to an allowed address when it is first asked for, and to a forbidden one from then on. */
function rebindingName(): { lookup: NameLookup; asked: () => number } {
  let asked = 0;
  const resolve = (name: string): Promise<FoundAddress[]> => {
    if (isIP(name) !== 0) return Promise.resolve([{ address: name, family: 4 }]);
    asked += 1;
    return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : forbidden, family: 4 }]);
  };
  return { lookup: { resolve }, asked: () => asked };
}
const forbidden = '127.0.0.9';

/** Whoever listens on the forbidden address, by TCP and UDP, and what came there. */
async function trap(port: number): Promise<AsyncDisposable & { readonly caught: () => number }> {
  let caught = 0;
  const tcp = createServer((socket) => {
    caught += 1;
    socket.destroy();
  });
  const udp = createSocket('udp4').on('message', () => (caught += 1));
  await new Promise<void>((resolve) => tcp.listen(port, forbidden, resolve));
  await new Promise<void>((resolve) => udp.bind(port, forbidden, resolve));
  return {
    caught: () => caught,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => tcp.close(resolve));
      await new Promise<void>((resolve) => udp.close(resolve));
    },
  };
}

test.each(withPort.map(({ name }) => name))(
  'the kind %s contacts the address that was judged, wherever its name leads the next time',
  async (name) => {
    for (const behaviour of hostile.slice(0, 4)) {
      await using server = await loopbackServer(behaviour);
      await using there = await trap(server.port);
      const { lookup, asked } = rebindingName();
      const mayReach = (address: string): boolean => address !== forbidden;
      const options = { timeoutMs: 300, lookup, mayReach };
      expectHonest(await runOnce(name, { port: server.port }, 'rebind.test', options));
      // The run after it is told the forbidden address from the beginning.
      expectHonest(await runOnce(name, { port: server.port }, 'rebind.test', options));
      expect({ asked: asked() > 0, caught: there.caught() }).toEqual({ asked: true, caught: 0 });
    }
  },
);

/** Settings beside which a field with this condition is shown. */
function valuesThatShow(kind: AnyCheckKind, when: ShowWhen): Record<string, unknown> {
  const usual = kind.complete({});
  const chosen = Object.entries(when).map(([name, wanted]) => {
    if (isShown({ [name]: wanted }, usual)) return [name, usual[name]] as const;
    if (wanted !== 'filled') return [name, wanted[0]] as const;
    const filled = [1, true, ['x'], 'x', '127.0.0.1', 'x@example.org', '* * * * *', '$.x', pem];
    const fits = filled.find((value) => takes(kind, { [name]: value }));
    return [name, fits] as const;
  });
  return Object.fromEntries(chosen);
}

const pem = '-----BEGIN CERTIFICATE-----';

function takes(kind: AnyCheckKind, settings: Record<string, unknown>): boolean {
  return kind.schema.safeParse(settings).success;
}

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
