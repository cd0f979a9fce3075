import { isDay, monthOf, nearestYear } from './calendar.ts';
import { parseRfc5424 } from './parse-rfc5424.ts';
import type { SyslogMessage } from './syslog-message.ts';

/** A header is looked for in so many letters at the most. */
const mostHeader = 1024;
/** What has no priority is user, notice (RFC 3164, section 4.3.3). */
const usualPriority = 13;

const clock = String.raw`(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?`;
const zone = String.raw`(?:\s(?:UTC|GMT|Z|[A-Z]{2,4}T|TZ?[+-]\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d)(?=[\s:]))?`;
const month = String.raw`(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`;
/** `Oct 11 22:14:15`, with a year behind the day, behind the time, or before all; some devices mark a doubtful clock by `*` or `.`. */
const named = new RegExp(
  String.raw`^[*.]?(?:(\d{4})\s+)?${month}\s{1,2}(\d{1,2})(?:\s(\d{4}))?\s${clock}${zone}(?:\s(\d{4})(?=[\s:]|$))?`,
  'iu',
);
const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?(?=[\s:]|$)/iu;
/** A count of messages that Cisco's devices put before all else. */
const sequence = /^\d{1,10}:\s+(?=\S)/u;
const host = /^([A-Za-z0-9_.\-/]*[A-Za-z0-9_]|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*[0-9A-Fa-f])(?:\s+|$)/u;
const tag = /^([^\s:[\](){}'"=,;]{1,128})(?:\[([^\]\s]{1,64})\])?:(?:\s|$)/u;
const tagWithPid = /^([^\s:[\](){}'"=,;]{1,128})\[([^\]\s]{1,64})\](?:\s|$)/u;
const bracketTag = /^([^\s:[\]{}'"=,;]{1,128}\([^)\s]{1,64}\))(?:\[([^\]\s]{1,64})\])?:(?:\s|$)/u;

/**
 * The best reading of any line, as equipment sends it: RFC 5424 where it is that, else the older way that RFC 3164
 * describes, with years, sequence numbers, ISO dates and missing parts. Never refuses: what is not understood is message.
 * @param now the year of a date without one is the one nearest to it.
 */
export function readSyslog(bytes: Uint8Array, now: Date): SyslogMessage {
  const strict = parseRfc5424(bytes);
  if (!('part' in strict)) return strict;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const { priority, from } = priorityOf(text);
  let at = from;
  const skip = (shape: RegExp): RegExpExecArray | null => {
    const found = shape.exec(text.slice(at, at + mostHeader));
    if (found !== null) at += found[0].length;
    return found;
  };
  skip(/^\s{1,8}/u);
  const beforeSequence = at;
  skip(sequence);
  const namedTime = skip(named);
  const time = namedTime === null ? isoTime(skip(iso)) : namedMoment(namedTime, now);
  // A number with a colon but no date behind it belongs to the message.
  if (time === null && namedTime === null) at = beforeSequence;
  let hostname: string | null = null;
  if (time !== null) {
    skip(/^\s?:?\s*/u);
    hostname = skip(host)?.[1] ?? null;
  }
  const named3164 = skip(tag) ?? skip(tagWithPid) ?? skip(bracketTag);
  const message = text.slice(at).replace(/^ /u, '');
  return {
    facility: priority >> 3,
    severity: priority & 7,
    version: null,
    timestamp: time,
    hostname,
    appName: named3164?.[1] ?? null,
    procId: named3164?.[2] ?? null,
    msgId: null,
    structuredData: null,
    message: message === '' ? null : message,
  };
}

function priorityOf(text: string): { priority: number; from: number } {
  const found = /^<(\d{1,3})>/u.exec(text);
  const priority = Number(found?.[1] ?? usualPriority);
  if (found === null) return { priority: usualPriority, from: 0 };
  return { priority: priority > 191 ? usualPriority : priority, from: found[0].length };
}

function namedMoment(found: RegExpExecArray, now: Date): string | null {
  const [, before, name = '', dayText = '', behindDay, hours = '', minutes = '', seconds = '', fraction, behindTime] =
    found;
  const [day, monthNumber] = [Number(dayText), monthOf(name)];
  const year = Number(before ?? behindDay ?? behindTime ?? nearestYear(monthNumber, day, now));
  return moment([year, monthNumber, day], [hours, minutes, seconds], fraction, '');
}

function isoTime(found: RegExpExecArray | null): string | null {
  if (found === null) return null;
  const [, year, monthNumber, day, hours = '', minutes = '', seconds = '', fraction, offset = ''] = found;
  const written = /^[+-]\d{4}$/u.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  return moment([Number(year), Number(monthNumber), Number(day)], [hours, minutes, seconds], fraction, written);
}

/** ISO 8601 of what was read; null for a time that does not exist. */
function moment(
  date: [number, number, number],
  time: [string, string, string],
  fraction: string | undefined,
  offset: string,
): string | null {
  const [hours, minutes, seconds] = [Number(time[0]), Number(time[1]), Number(time[2])];
  // 60 is a leap second: taken as the last before it.
  if (!isDay(...date) || hours > 23 || minutes > 59 || seconds > 60) return null;
  const [year, monthNumber, day] = date;
  const part = fraction === undefined ? '' : `.${fraction.slice(0, 6)}`;
  return `${String(year).padStart(4, '0')}-${two(monthNumber)}-${two(day)}T${two(hours)}:${two(minutes)}:${two(Math.min(59, seconds))}${part}${offset}`;
}

function two(each: number): string {
  return String(each).padStart(2, '0');
}
