import { z } from 'zod';
import { readLimitBytes, type LogPlace } from './log-script.ts';

/** What a log said since the last look. */
export type LogReading =
  | { readonly kind: 'absent' | 'unreadable' | 'noJournal' | 'noRights' | 'nothing' }
  | {
      readonly kind: 'lines';
      readonly lines: readonly string[];
      readonly place: LogPlace | undefined;
      /** The log was replaced, cut to nothing, or so far ahead that a part was left out. */
      readonly event: 'none' | 'rotated' | 'skipped';
    };

const nextFile = '\n@@vigie:next\n';

/** Reads the output of the log script; `first` when there was no place yet. */
export function readLog(output: Buffer, first: boolean): LogReading {
  const end = output.indexOf(10);
  const head = output.toString('utf8', 0, end < 0 ? output.length : end).trim();
  if (head === 'absent' || head === 'unreadable' || head === 'noJournal' || head === 'noRights') return { kind: head };
  if (head === 'journal') return readJournal(output.toString('utf8', end + 1));
  const [, inode, offset, event] = /^place (\d+) (\d+) ([012])$/u.exec(head) ?? [];
  if (inode === undefined) return { kind: 'nothing' };
  if (first) return { kind: 'lines', lines: [], place: { kind: 'file', inode, offset: Number(offset) }, event: 'none' };
  const text = output.subarray(end + 1 + 'text\n'.length);
  return readFile(text, inode, Number(offset), event ?? '0');
}

function readFile(text: Buffer, inode: string, offset: number, event: string): LogReading {
  const next = text.indexOf(nextFile);
  const before = next < 0 ? '' : text.toString('utf8', 0, next);
  const now = next < 0 ? text : text.subarray(next + nextFile.length);
  // A line is judged when it is whole; one longer than can be read at once is taken as it is.
  const lastEnd = now.lastIndexOf(10) + 1;
  const taken = lastEnd === 0 && now.length >= readLimitBytes / 2 ? now.length : lastEnd;
  return {
    kind: 'lines',
    lines: [...before.split('\n'), ...now.toString('utf8', 0, taken).split('\n')].filter((line) => line !== ''),
    place: { kind: 'file', inode, offset: offset + taken },
    event: event === '2' ? 'skipped' : event === '1' ? 'rotated' : 'none',
  };
}

const entry = z.object({
  __CURSOR: z.string().max(400),
  // A message that is not text is given as a list of bytes.
  MESSAGE: z.union([z.string(), z.array(z.number())]).nullish(),
  SYSLOG_IDENTIFIER: z.string().nullish(),
});

function readJournal(text: string): LogReading {
  const [, since] = /^since (\d{9,12}(?:\.\d{1,9})?)\n$/u.exec(text) ?? [];
  if (since !== undefined) return { kind: 'lines', lines: [], place: { kind: 'journalSince', since }, event: 'none' };
  const lines: string[] = [];
  let cursor: string | undefined;
  for (const line of text.split('\n')) {
    const read = entry.safeParse(parse(line));
    if (!read.success) continue;
    cursor = read.data.__CURSOR;
    const { MESSAGE: message, SYSLOG_IDENTIFIER: who } = read.data;
    const words = Array.isArray(message) ? Buffer.from(message).toString('utf8') : (message ?? '');
    lines.push(...words.split('\n').map((each) => (who === undefined || who === null ? each : `${who}: ${each}`)));
  }
  return { kind: 'lines', lines, place: cursor === undefined ? undefined : { kind: 'journal', cursor }, event: 'none' };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The last line may have been cut.
    return undefined;
  }
}
