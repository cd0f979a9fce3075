import type { Language } from '#contract/words.ts';
import { durationText } from '#texts/duration.ts';
import * as en from '#texts/en/anomalies.ts';
import * as fr from '#texts/fr/anomalies.ts';
import { momentText } from '#texts/moment.ts';
import type { Anomaly } from './reason.ts';

const texts = { en: en.anomalies, fr: fr.anomalies };
/** Further from 1970 no date is known. */
const mostMs = 8.64e15;

/** An anomaly as a sentence: what was expected, what was seen, since when; `amount` writes a value with its unit, where that is known. */
export function tellAnomaly(
  { kind, expected, seen, sinceMs }: Anomaly,
  language: Language,
  zone: string,
  amount: (value: number) => string = (value) => valueText(value, language),
): string {
  const say = texts[language].sentences[kind];
  const since = momentOf(sinceMs, language, zone);
  return kind === 'silence'
    ? say(durationText(expected / 1000, language), durationText(seen / 1000, language), since)
    : say(amount(expected), amount(seen), since);
}

/** What is odd about several channels together. */
export function tellChannels(
  reason: { readonly expected: number; readonly seen: number; readonly sinceMs: number },
  channel: string,
  language: Language,
  zone: string,
): string {
  return texts[language].sentences.channel(
    channel,
    valueText(reason.expected, language),
    valueText(reason.seen, language),
    momentOf(reason.sinceMs, language, zone),
  );
}

function momentOf(timeMs: number, language: Language, zone: string): string {
  return momentText(new Date(Math.max(-mostMs, Math.min(mostMs, timeMs))), language, zone);
}

function valueText(value: number, language: Language): string {
  return value.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumSignificantDigits: 4 });
}
