const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const hourMs = 3_600_000;

interface Local {
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

function localOf(atMs: number, timeZone: string): Local {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return {
    weekday: dayNames.indexOf(parts.get('weekday') ?? ''),
    hour: Number(parts.get('hour')),
    minute: Number(parts.get('minute')),
  };
}

/** The next time that it is so many o'clock on a day from Monday to Friday, in a time zone. */
export function nextWorkday(nowMs: number, timeZone: string, hour = 8): Date {
  // Quarters of an hour: every zone's clock is a whole number of them away from UTC.
  const quarterMs = hourMs / 4;
  let atMs = Math.floor(nowMs / quarterMs) * quarterMs + quarterMs;
  for (let step = 0; step < 8 * 24 * 4; step += 1, atMs += quarterMs) {
    const local = localOf(atMs, timeZone);
    if (local.hour === hour && local.minute === 0 && local.weekday >= 1 && local.weekday <= 5) return new Date(atMs);
  }
  return new Date(atMs);
}
