import type { Language } from '#contract/words.ts';
import { durationText } from '#texts/duration.ts';
import * as en from '#texts/en/analyse-files.ts';
import * as fr from '#texts/fr/analyse-files.ts';
import { dayText } from '#texts/moment.ts';
import type { CapacityForecast, CapacityQuestion } from './forecast-capacity.ts';

const texts = { en: en.analyseFiles.capacity.sentences, fr: fr.analyseFiles.capacity.sentences };
const hourSeconds = 3_600;
/** What grows by less than this share of the capacity until the horizon does not grow. */
const leastGrowth = 0.01;

/** A forecast as sentences: the date or why there is none, how it grows, and what rhythm and jumps are reckoned with. */
export function tellForecast(
  forecast: CapacityForecast | null,
  { capacity, horizonDays }: CapacityQuestion,
  language: Language,
  zone: string,
): string {
  const say = texts[language];
  if (forecast === null) return say.tooShort;
  const { slopePerDay, season, jumps, once } = forecast;
  const told = [dateOf(forecast, horizonDays, language, zone)];
  const isLevel = !(Math.abs(slopePerDay) * horizonDays >= leastGrowth * capacity);
  const perDay = numberText(Math.abs(slopePerDay), language);
  told.push(isLevel ? say.level : slopePerDay > 0 ? say.grows(perDay) : say.shrinks(perDay));
  if (season !== null) told.push(say.season(spanText(season.periodDays, language)));
  if (jumps !== null) {
    const every = spanText(mean(jumps.gaps), language);
    const size = numberText(mean(jumps.sizes), language);
    told.push(jumps.isFall ? say.falls(jumps.sizes.length, every, size) : say.rises(jumps.sizes.length, every, size));
  } else if (once.length > 0) told.push(say.once(once.length));
  return told.join(' ');
}

function dateOf(
  { fullAtMs, lowMs, highMs }: CapacityForecast,
  horizonDays: number,
  language: Language,
  zone: string,
): string {
  const say = texts[language];
  const day = (timeMs: number): string => dayText(new Date(timeMs), language, zone);
  const horizon = spanText(horizonDays, language);
  if (fullAtMs === null) return lowMs === null ? say.none(horizon) : say.hardly(horizon, day(lowMs));
  if (highMs === null) return say.dateOpen(day(fullAtMs), day(lowMs ?? fullAtMs));
  return say.date(day(fullAtMs), day(lowMs ?? fullAtMs), day(highMs));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
}

/** To the hour: nobody knows more of a rhythm. */
function spanText(days: number, language: Language): string {
  return durationText(Math.max(1, Math.round(days * 24)) * hourSeconds, language);
}

function numberText(value: number, language: Language): string {
  return value.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumSignificantDigits: 3 });
}
