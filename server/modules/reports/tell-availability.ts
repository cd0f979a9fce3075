import type { AvailabilityLine, AvailabilityPart } from '#contract/availability-report.ts';
import type { Availability } from '#contract/availability.ts';
import type { ThingRef } from '#contract/words.ts';
import type { ToldAvailability } from './needs.ts';
import type { Telling } from './telling.ts';

/** Per cent with as many digits as tell the interval apart, rounded outwards: it promises no more than is known. */
export function shareText(
  { low, high }: Pick<Availability, 'low' | 'high'>,
  { language, words }: Pick<Telling, 'language' | 'words'>,
): string {
  if (low === null || high === null) return words.availability.notKnown;
  const digits = [2, 3].find((each) => Math.floor(low * 10 ** each) < Math.ceil(high * 10 ** each)) ?? 2;
  const scale = 10 ** digits;
  const format = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: digits });
  const least = format.format(Math.floor(low * scale) / scale);
  const most = format.format(Math.min(100, Math.ceil(high * scale) / scale));
  const gap = language === 'fr' ? '\u00A0' : '';
  return least === most ? `${least}${gap}%` : `${least}–${most}${gap}%`;
}

function exclusionOf(
  { kind, why, seconds, count }: Availability['exclusions'][number],
  { words, lasting }: Telling,
): AvailabilityLine['exclusions'][number] {
  const label = words.availability.exclusionKinds[kind];
  const text = words.availability.leftOut({ kind: label, why, duration: lasting(seconds), count });
  return { kind, label, why, minutes: Math.round((seconds / 60) * 100) / 100, count, text };
}

function lineOf(kind: ThingRef['kind'], item: Availability, telling: Telling): AvailabilityLine {
  const { words, lasting } = telling;
  const span = (seconds: number): string => (seconds < 0.5 ? words.none : lasting(seconds));
  const { seconds } = item;
  return {
    thing: { kind, id: item.id, name: item.name },
    share: shareText(item, telling),
    low: item.low,
    high: item.high,
    up: span(seconds.up),
    down: span(seconds.down),
    unknown: span(seconds.unknown),
    seconds,
    outages: item.outages,
    longestOutageSeconds: item.longestOutageSeconds,
    longest: span(item.longestOutageSeconds),
    basis: words.availability.basis[item.basis],
    exclusions: item.exclusions.map((each) => exclusionOf(each, telling)),
  };
}

/** Availabilities as a report tells them, the least available first; what nobody watches stands at the end. */
export function tellAvailability(told: ToldAvailability, period: string, telling: Telling): AvailabilityPart {
  const { from, until, items, cut } = told;
  const lines = items
    .flatMap((item) => (item.kind === 'check' ? [] : [lineOf(item.kind, item, telling)]))
    .toSorted(
      (one, other) =>
        (one.low ?? 101) - (other.low ?? 101) || one.thing.name.localeCompare(other.thing.name, telling.language),
    );
  return { from, until, period, help: telling.words.availability.help, lines, cut };
}
