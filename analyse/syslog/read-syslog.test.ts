import { expect, test } from 'vitest';
import { parseRfc5424 } from './parse-rfc5424.ts';
import { readSyslog } from './read-syslog.ts';
import { splitMessages } from './split-messages.ts';

const now = new Date('2026-11-22T12:00:00Z');
const bytes = (text: string): Buffer => Buffer.from(text);
const read = (text: string) => readSyslog(bytes(text), now);

test('a strict message is read whole', () => {
  expect(
    parseRfc5424(bytes('<134>1 2026-11-22T12:00:00.25+01:00 db1 postgres 77 start [a@1 b="c\\]\\"d"] up')),
  ).toEqual({
    facility: 16,
    severity: 6,
    version: 1,
    timestamp: '2026-11-22T12:00:00.25+01:00',
    hostname: 'db1',
    appName: 'postgres',
    procId: '77',
    msgId: 'start',
    structuredData: { 'a@1': { b: 'c]"d' } },
    message: 'up',
  });
});

test.each([
  ['<192>1 - - - - - -', 'priority'],
  ['<01>1 - - - - - -', 'priority'],
  ['<1>0 - - - - - -', 'version'],
  ['<1>1 2026-02-30T00:00:00Z - - - - -', 'timestamp'],
  ['<1>1 2026-02-03T24:00:00Z - - - - -', 'timestamp'],
  ['<1>1 - h\u00e9 - - - -', 'hostname'],
  ['<1>1 - - - - - [a b=c]', 'structuredData'],
  ['<1>1 - - - - - [a][a]', 'duplicateElement'],
  ['<1>1 - - - - - -x', 'structuredData'],
])('%s is refused for its %s', (line, part) => {
  expect(parseRfc5424(bytes(line))).toMatchObject({ part });
});

test('what equipment sends is read as well as can be', () => {
  expect(read('<189>29: *Mar  1 2026 18:48:50.483 UTC: %SYS-5-CONFIG_I: Configured from console')).toMatchObject({
    timestamp: '2026-03-01T18:48:50.483',
    appName: '%SYS-5-CONFIG_I',
    message: 'Configured from console',
  });
  expect(read('<30>Dec 31 23:59:59 nas smartd[812]: ok')).toMatchObject({
    hostname: 'nas',
    appName: 'smartd',
    procId: '812',
    timestamp: '2026-12-31T23:59:59',
  });
  expect(read('no priority at all')).toMatchObject({
    facility: 1,
    severity: 5,
    timestamp: null,
    message: 'no priority at all',
  });
  expect(read('<13>Feb 29 10:00:00 host a: b').timestamp).toBe('2028-02-29T10:00:00');
});

test('whatever bytes come, something is read and in time', () => {
  let state = 7;
  const next = (): number => (state = Math.imul(state, 1_103_515_245) + 12_345) >>> 16;
  for (let i = 0; i < 3_000; i += 1) {
    const noise = Buffer.from(Array.from({ length: next() % 60 }, () => next() % 256));
    const message = Buffer.concat([bytes(['', '<34>', '<34>1 - ', '<34>Oct 11 22:14:15 h '][i % 4] ?? ''), noise]);
    expect(readSyslog(message, now).facility).toBeLessThan(24);
    parseRfc5424(message);
  }
  expect(readSyslog(Buffer.alloc(2_000_000, '['), now).severity).toBe(5);
});

test('a line without a priority goes on with the message before it', () => {
  expect(splitMessages(bytes('<13>a\n  at b\n<14>c\r\n')).map(String)).toEqual(['<13>a\n  at b', '<14>c']);
  expect(splitMessages(bytes('a\nb\n')).map(String)).toEqual(['a', 'b']);
});
