const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322, 4.3: the zones with names; hours from UTC. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  cet: 1,
  cest: 2,
  met: 1,
  mest: 2,
};
const shape =
  /(?<day>\d{1,2})[\s-]+(?<month>[a-z]{3})[a-z]{0,7}\.?[\s-]+(?<year>\d{2,4}),?\s+(?<hour>\d{1,2})[:.](?<minute>\d{1,2})(?:[:.](?<second>\d{1,2}))?(?:\s*(?<zone>[+-]\d{3,4}|[a-z]{1,4}))?/iu;

/** When a message says it was written (RFC 5322, 3.3, and what programs make of it); null when it says nothing that can be. */
export function parseMessageDate(header: string): Date | null {
  const parts = shape.exec(header.slice(0, 200))?.groups;
  if (parts === undefined) return fromIso(header);
  const month = months.indexOf((parts['month'] ?? '').toLowerCase());
  const short = Number(parts['year']);
  const year = short < 50 ? 2000 + short : short < 1000 ? 1900 + short : short;
  const [day, hour, minute, second] = [parts['day'], parts['hour'], parts['minute'], parts['second'] ?? '0'].map(
    Number,
  );
  if (month === -1 || day === undefined || hour === undefined || minute === undefined) return null;
  if (day < 1 || day > 31 || hour > 24 || minute > 59) return null;
  const local = Date.UTC(year, month, day, hour, minute, Math.min(second ?? 0, 59));
  return sane(new Date(local - offsetMinutes(parts['zone'] ?? '') * 60_000));
}

function offsetMinutes(zone: string): number {
  const figures = /^(?<sign>[+-])(?<hours>\d{1,2})(?<minutes>\d{2})$/u.exec(zone)?.groups;
  if (figures === undefined) return (zones[zone.toLowerCase()] ?? 0) * 60;
  const minutes = Number(figures['hours']) * 60 + Number(figures['minutes']);
  // No place is further away than fourteen hours.
  return minutes > 14 * 60 ? 0 : figures['sign'] === '-' ? -minutes : minutes;
}

function fromIso(header: string): Date | null {
  const iso = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?/u.exec(header.slice(0, 200))?.[0];
  return iso === undefined ? null : sane(new Date(iso.replace(' ', 'T')));
}

/** What a database and a calendar can hold. */
function sane(date: Date): Date | null {
  const year = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || year < 1970 || year > 2200 ? null : date;
}
