/** What a calendar part asks (RFC 5545, 5546). */
export interface CalendarFacts {
  /** REQUEST, REPLY, CANCEL and others; '' when it does not say. */
  readonly method: string;
  readonly summary: string;
  readonly location: string;
  /** As written, with its zone: "20261122T101500Z". */
  readonly start: string;
  readonly end: string;
  readonly organizer: string;
  readonly uid: string;
}

const longestCalendar = 500_000;
/** Where an event or a task begins. */
const components = new Set(['BEGIN:VEVENT', 'BEGIN:VTODO']);

/** Reads the first event of a calendar; null when the text is none. */
export function readCalendar(text: string): CalendarFacts | null {
  const body = text.slice(0, longestCalendar);
  if (!/BEGIN:VCALENDAR/iu.test(body)) return null;
  const lines = body.replaceAll(/\r?\n[ \t]/gu, '').split(/\r?\n/u);
  const event = lines.findIndex((line) => components.has(line.trim().toUpperCase()));
  const within = event === -1 ? [] : lines.slice(event, event + 300);
  return {
    method: find(lines, 'METHOD').toUpperCase(),
    summary: find(within, 'SUMMARY'),
    location: find(within, 'LOCATION'),
    start: find(within, 'DTSTART'),
    end: find(within, 'DTEND'),
    organizer: find(within, 'ORGANIZER').replace(/^mailto:/iu, ''),
    uid: find(within, 'UID'),
  };
}

/** Behind the first colon that stands in no quotes. */
function valueStart(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    if (line[at] === ':' && !quoted) return at + 1;
  }
  return line.length;
}

function find(from: readonly string[], name: string): string {
  const line = from.find((each) => new RegExp(`^${name}[;:]`, 'iu').test(each)) ?? '';
  const value = line.slice(valueStart(line)).slice(0, 1_000);
  return value.replaceAll(/\\n/giu, '\n').replaceAll(/\\(?=[,;\\])/gu, '');
}
