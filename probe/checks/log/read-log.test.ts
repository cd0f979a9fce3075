import { describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { placeText, readPlace } from './log-script.ts';
import { readLog } from './read-log.ts';
import { hitsInWindow } from './recent-hits.ts';

const journal = (...entries: Record<string, unknown>[]): Buffer =>
  Buffer.from(`journal\n${entries.map((each) => `${JSON.stringify(each)}\n`).join('')}`);
const cursor =
  's=739ad463348b4ceca5a9e69c95a3c93f;i=4ece7;b=6c7c6013a26343b29e964691ff25d04c;m=4fc72436e;t=4c508a72423d9;x=d3e5610681098c10';

describe('the journal', () => {
  test('is read entry by entry, up to the cursor of the last', () => {
    const output = journal(
      { __CURSOR: 'a'.repeat(20), MESSAGE: 'started', SYSLOG_IDENTIFIER: 'systemd' },
      { __CURSOR: cursor, MESSAGE: [79, 75, 10, 33], SYSLOG_IDENTIFIER: 'app' },
    );
    expect(readLog(output, false)).toEqual({
      kind: 'lines',
      lines: ['systemd: started', 'app: OK', 'app: !'],
      place: { kind: 'journal', cursor },
      event: 'none',
    });
    expect(readPlace('journal', cursor)).toEqual({ kind: 'journal', cursor });
    expect(readPlace('journal', '$(reboot) aaaaaaaaaa')).toBeUndefined();
  });

  test('that was cut in the middle of an entry is read up to there', () => {
    const cut = Buffer.concat([journal({ __CURSOR: cursor, MESSAGE: 'one' }), Buffer.from('{"__CURSOR":"s=')]);
    expect(readLog(cut, false)).toMatchObject({ lines: ['one'], place: { cursor } });
  });

  test('that was never read is at the moment of the first look', () => {
    const place = { kind: 'journalSince', since: '1795372327.446691' } as const;
    expect(readLog(Buffer.from(`journal\nsince ${place.since}\n`), true)).toMatchObject({ lines: [], place });
    expect(readPlace('journal', placeText(place))).toEqual(place);
    expect(readPlace('journal', 'since=1795372327;reboot')).not.toMatchObject({ kind: 'journalSince' });
    expect(readLog(Buffer.from('noRights\n'), false)).toEqual({ kind: 'noRights' });
  });

  test('with nothing new keeps its place', () => {
    expect(readLog(journal(), false)).toMatchObject({ kind: 'lines', lines: [], place: undefined });
  });
});

test('a place is kept as text and read again', () => {
  const place = { kind: 'file', inode: '42', offset: 1_000 } as const;
  expect(readPlace('file', placeText(place))).toEqual(place);
  expect(readPlace('file', '42; reboot')).toBeUndefined();
});

test('matches count for their time and no longer, and take little room', () => {
  const kept = new RunMemory();
  const window = 15 * 60_000;
  expect(hitsInWindow(kept, 3, 1_000_000, window)).toBe(3);
  expect(hitsInWindow(kept, 2, 1_100_000, window)).toBe(5);
  expect(hitsInWindow(kept, 0, 1_950_000, window)).toBe(2);
  expect(hitsInWindow(kept, 0, 3_000_000, window)).toBe(0);
  for (let at = 0; at < 1_000; at += 1) hitsInWindow(kept, 1, 4_000_000 + at * 1_000, window);
  expect(JSON.stringify(kept).length).toBeLessThan(2_000);
});
