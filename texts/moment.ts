import type { Language } from '#contract/words.ts';

const dates: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };
const nbsp = '\u00A0';

function parts(at: Date, language: Language, zone: string, month: 'long' | 'short'): Record<string, string> {
  const format = new Intl.DateTimeFormat(dates[language], {
    timeZone: zone,
    day: 'numeric',
    month,
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

function dayOf(part: Record<string, string>, language: Language): string {
  const day = language === 'fr' && part['day'] === '1' ? '1er' : (part['day'] ?? '');
  return `${day}${nbsp}${part['month'] ?? ''} ${part['year'] ?? ''}`;
}

/** A moment within a sentence, to the minute: `22 November 2026 at 14:05`, `22 novembre 2026 à 14 h 05`. */
export function momentText(at: Date, language: Language, zone: string): string {
  const part = parts(at, language, zone, 'long');
  const [hour = '', minute = ''] = [part['hour'], part['minute']];
  return language === 'fr'
    ? `${dayOf(part, 'fr')} à ${Number(hour)}${nbsp}h${nbsp}${minute}`
    : `${dayOf(part, 'en')} at ${hour}:${minute}`;
}

/** A day within a sentence: `22 November 2026`, `1er novembre 2026`. */
export function dayText(at: Date, language: Language, zone: string): string {
  return dayOf(parts(at, language, zone, 'long'), language);
}

/** A moment in a table, to the second: `22 Nov 2026, 14:05:12`, `22 nov. 2026, 14:05:12`. */
export function clockText(at: Date, language: Language, zone: string): string {
  const part = parts(at, language, zone, 'short');
  return `${dayOf(part, language)}, ${part['hour'] ?? ''}:${part['minute'] ?? ''}:${part['second'] ?? ''}`;
}

/** Hours and minutes under an axis: `14:05`. */
export function hourText(at: Date, language: Language, zone: string): string {
  const part = parts(at, language, zone, 'short');
  return `${part['hour'] ?? ''}:${part['minute'] ?? ''}`;
}

/** A time zone as a reader knows it, with its distance from UTC at that moment: `Europe/Paris (UTC+1)`. */
export function zoneText(zone: string, at: Date): string {
  if (zone === 'UTC') return zone;
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return offset === undefined ? zone : `${zone} (${offset.replace('GMT', 'UTC').replace('-', '\u2212')})`;
}
