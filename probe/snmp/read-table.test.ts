import { describe, expect, test } from 'vitest';
import type { SnmpEntry, SnmpSession } from './open-snmp.ts';
import { follows, readTable } from './read-table.ts';

const integer = 2;
const entry = (oid: string): SnmpEntry => ({ oid, type: integer, value: 1 });

/** An agent that answers as told. */
function agent(next: SnmpSession['next'], modern = true): SnmpSession {
  return { modern, get: () => Promise.resolve([]), next, [Symbol.dispose]: () => undefined };
}

/** A well-behaved agent with a number of rows, at most `most` entries an answer. */
function tableOf(rows: number, most = 1_000): SnmpSession['next'] {
  return (oids, repetitions) => {
    let room = most;
    return Promise.resolve(
      oids.map((oid) => {
        const [column, last] =
          oid.startsWith('1.1.') || oid.startsWith('1.2.') ? [oid.slice(0, 3), Number(oid.slice(4))] : [oid, 0];
        const entries: SnmpEntry[] = [];
        for (let row = last + 1; row <= last + repetitions && room > 0; row += 1, room -= 1) {
          entries.push(row <= rows ? entry(`${column}.${row}`) : entry(column === '1.1' ? '1.2.1' : '1.3.0'));
        }
        return entries;
      }),
    );
  };
}

describe('a table', () => {
  test('is read to its end, whatever the agent fits into an answer', async () => {
    for (const most of [1_000, 7, 1]) {
      const { rows, cut, looping } = await readTable(agent(tableOf(60, most)), ['1.1', '1.2']);
      expect([rows.size, cut, looping]).toEqual([60, false, false]);
      expect([...rows.values()].every((row) => row.size === 2)).toBe(true);
    }
  });

  test('larger than the bound is cut', async () => {
    const { rows, cut } = await readTable(agent(tableOf(1_000_000)), ['1.1'], 100);
    expect([rows.size, cut]).toEqual([100, true]);
  });

  test('of an agent that goes round in circles ends', async () => {
    const circle = agent((oids) => Promise.resolve(oids.map(() => [entry('1.1.1'), entry('1.1.2'), entry('1.1.1')])));
    expect(await readTable(circle, ['1.1'])).toMatchObject({ looping: true });
    const still = agent((oids) => Promise.resolve(oids.map((oid) => [entry(oid)])));
    expect((await readTable(still, ['1.1'])).rows.size).toBe(0);
    const empty = agent((oids) => Promise.resolve(oids.map(() => [])));
    expect((await readTable(empty, ['1.1', '1.2'])).rows.size).toBe(0);
  });

  test('is asked for in smaller pieces when an answer would be too big', async () => {
    const whole = tableOf(30);
    const small = agent((oids, repetitions) =>
      oids.length * repetitions > 3 ? Promise.resolve('tooBig') : whole(oids, repetitions),
    );
    expect((await readTable(small, ['1.1', '1.2'])).rows.size).toBe(30);
    const never = agent(() => Promise.resolve('tooBig'));
    expect((await readTable(never, ['1.1', '1.2'])).rows.size).toBe(0);
  });

  test('that v1 refuses as a whole is read column by column', async () => {
    const whole = tableOf(5);
    const old = agent((oids) => (oids.length > 1 ? Promise.resolve('none') : whole(oids, 1)), false);
    expect((await readTable(old, ['1.1', '1.2'])).rows.size).toBe(5);
  });
});

test('the order of the tree goes by numbers, and what is deeper comes after', () => {
  expect(follows('1.3.10', '1.3.9')).toBe(true);
  expect(follows('1.3.9', '1.3.10')).toBe(false);
  expect(follows('1.3.1.0', '1.3.1')).toBe(true);
  expect(follows('1.3.1', '1.3.1')).toBe(false);
});
