import type { Holidays } from '#contract/on-call.ts';
import type { Language } from '#contract/words.ts';

export interface Holiday {
  /** Local date. */
  readonly date: string;
  readonly name: string;
}

const known = new Map<string, readonly Holiday[]>();
/** A few countries, languages and years; more are forgotten and made again. */
const mostKnown = 200;

/** True when public holidays are known for a country, and for its region when one is named. */
export async function isKnownRegion(country: string, region: string): Promise<boolean> {
  // Large, and of no use to who keeps no rota with holidays: read when it is first wanted.
  const { default: Calendar } = await import('date-holidays');
  const calendar = new Calendar();
  if (!Object.hasOwn(calendar.getCountries(), country)) return false;
  if (region === '') return true;
  const states: unknown = calendar.getStates(country);
  return typeof states === 'object' && states !== null && Object.hasOwn(states, region);
}

async function publicOf(
  country: string,
  region: string,
  year: number,
  language: Language,
): Promise<readonly Holiday[]> {
  const key = `${country} ${region} ${year} ${language}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const { default: Calendar } = await import('date-holidays');
  const calendar = region === '' ? new Calendar(country) : new Calendar(country, region);
  const days = calendar
    .getHolidays(year, language)
    .filter(({ type }) => type === 'public')
    .map(({ date, name }) => ({ date: date.slice(0, 10), name }));
  if (known.size >= mostKnown) known.clear();
  known.set(key, days);
  return days;
}

/** The holidays from one local date to another, both included: the country's, and the company's own. */
export async function holidaysBetween(
  { country, region, more, without }: Holidays,
  from: string,
  until: string,
  language: Language,
): Promise<Holiday[]> {
  const days = [...more];
  if (country !== '') {
    for (let year = Number(from.slice(0, 4)); year <= Number(until.slice(0, 4)); year += 1)
      days.push(...(await publicOf(country, region, year, language)).filter(({ date }) => !without.includes(date)));
  }
  return days
    .filter(({ date }) => date >= from && date <= until)
    .toSorted((one, other) => one.date.localeCompare(other.date));
}
