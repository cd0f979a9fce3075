import type { Language } from '#contract/words.ts';
import { durationText } from '#texts/duration.ts';
import * as en from '#texts/en/reports.ts';
import * as fr from '#texts/fr/reports.ts';
import { clockText, momentText } from '#texts/moment.ts';

const catalogues = { en: en.reports, fr: fr.reports };

/** A language and a time zone, with the words and forms that a report is written in. */
export interface Telling {
  readonly language: Language;
  readonly zone: string;
  readonly words: typeof en.reports;
  /** Within a sentence, to the minute. */
  readonly moment: (at: string) => string;
  /** In a table, to the second. */
  readonly clock: (at: string) => string;
  /** Between two moments. */
  readonly between: (from: string, until: string) => string;
  readonly lasting: (seconds: number) => string;
}

/** How a report is told in a language and a time zone (an IANA name). */
export function tellingIn(language: Language, zone: string): Telling {
  const lasting = (seconds: number): string => durationText(seconds, language);
  return {
    language,
    zone,
    words: catalogues[language],
    moment: (at) => momentText(new Date(at), language, zone),
    clock: (at) => clockText(new Date(at), language, zone),
    between: (from, until) => lasting((Date.parse(until) - Date.parse(from)) / 1_000),
    lasting,
  };
}
