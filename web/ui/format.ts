/**
 * Numbers, sizes, durations and times as people read them, by language. Pure: `now` and the locale come in.
 */

/** `Intl` objects cost tens of microseconds to make; a list of 10,000 rows must not make one per cell. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

function remembered<T>(formats: Map<string, T>, key: string, make: () => T): T {
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = make();
  formats.set(key, made);
  return made;
}

/** A plain number with at most `digits` decimals. */
export function formatNumber(value: number, locale: string, digits = 1): string {
  return remembered(
    numberFormats,
    `${locale} ${String(digits)}`,
    () => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
  ).format(value);
}

/** A size in bytes in binary units; `units` starts at bytes (`B, KiB, MiB…` or `o, Kio, Mio…`). */
export function formatBytes(bytes: number, locale: string, units: readonly string[]): string {
  let value = bytes;
  let step = 0;
  while (Math.abs(value) >= 1024 && step < units.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step === 0 || Math.abs(value) >= 100 ? 0 : 1;
  return `${formatNumber(value, locale, digits)}\u00A0${units[step] ?? ''}`;
}

const durationSteps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `Intl` says "6m 9s" in English, where a metre is, or "6 mins 9 secs"; the signs of the units are the same in both. */
const signs: Readonly<Record<string, string>> = { day: 'd', hour: 'h', minute: 'min', second: 's', millisecond: 'ms' };

function formatUnit(value: number, unit: string, locale: string, digits = 0): string {
  if (locale.startsWith('en')) return `${formatNumber(value, locale, digits)}\u00A0${signs[unit] ?? unit}`;
  return remembered(
    numberFormats,
    `${locale} ${unit} ${String(digits)}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }),
  ).format(value);
}

/** A duration in its two largest units, as people say it: `2 h 5 min`, `340 ms`. */
export function formatDuration(durationMs: number, locale: string): string {
  const length = Math.max(0, durationMs);
  // Nothing at all is said in the unit of people, whatever is measured beside it.
  if (length === 0) return formatUnit(0, 'second', locale);
  if (length < 1000) return formatUnit(Math.round(length), 'millisecond', locale);
  if (length < 10_000) return formatUnit(length / 1000, 'second', locale, 1);
  let rest = Math.round(length / 1000) * 1000;
  const parts: string[] = [];
  for (const [unit, stepMs] of durationSteps) {
    const count = Math.floor(rest / stepMs);
    rest -= count * stepMs;
    if (count > 0) parts.push(formatUnit(count, unit, locale));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

function relativeFormat(locale: string, style: 'short' | 'long'): Intl.RelativeTimeFormat {
  return remembered(
    relativeFormats,
    `${locale} ${style}`,
    () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style }),
  );
}

/** `5 min ago`, `il y a 5 min`; also for times to come. */
export function formatRelative(at: Date, now: number, locale: string): string {
  const relative = relativeFormat(locale, 'short');
  const distanceMs = at.getTime() - now;
  const sizeMs = Math.abs(distanceMs);
  if (sizeMs < 5000) return relative.format(0, 'second');
  if (sizeMs < 59_500) return relative.format(Math.round(distanceMs / 1000), 'second');
  if (sizeMs < 59.5 * 60_000) return relative.format(Math.round(distanceMs / 60_000), 'minute');
  if (sizeMs < 23.5 * 3_600_000) return relative.format(Math.round(distanceMs / 3_600_000), 'hour');
  if (sizeMs < 30 * 86_400_000) return relative.format(Math.round(distanceMs / 86_400_000), 'day');
  // Shortened, French months are an “m.” like metres or minutes.
  const whole = relativeFormat(locale, 'long');
  if (sizeMs < 365 * 86_400_000) return whole.format(Math.round(distanceMs / (30.44 * 86_400_000)), 'month');
  return whole.format(Math.round(distanceMs / (365.25 * 86_400_000)), 'year');
}

/** Exact time with its zone, for hovering and for reports. */
export function formatExact(at: Date, locale: string, timeZone: string): string {
  return remembered(
    dateFormats,
    `${locale} ${timeZone} exact`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long', timeZone }),
  ).format(at);
}

/** Time of day, with the day when it is not today's. */
export function formatClock(at: Date, now: number, locale: string, timeZone: string): string {
  const day = remembered(
    dateFormats,
    `${locale} ${timeZone} day`,
    () => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone }),
  );
  const clock = remembered(
    dateFormats,
    `${locale} ${timeZone} clock`,
    () => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone }),
  );
  const sameDay = day.format(at) === day.format(now);
  return sameDay ? clock.format(at) : `${day.format(at)} ${clock.format(at)}`;
}
