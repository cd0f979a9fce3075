import type { Language } from '#contract/words.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };
const formats = new Map<string, Intl.NumberFormat>();

/** A number as the language writes it, with at most `digits` decimals. */
export function numberText(language: Language, value: number, digits = 0): string {
  const key = `${language}${digits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locales[language], { maximumFractionDigits: digits });
  formats.set(key, format);
  return format.format(value);
}

// Between a number and its unit stands a space that does not break.
const gap = '\u00a0';

/** A time as people say it: milliseconds below one second, seconds above. */
export function timeText(language: Language, ms: number): string {
  return ms < 1000
    ? `${numberText(language, ms, ms < 10 ? 1 : 0)}${gap}ms`
    : `${numberText(language, ms / 1000, 1)}${gap}s`;
}

/** A share, 0 to 100. */
export function percentText(language: Language, percent: number): string {
  return language === 'fr' ? `${numberText(language, percent, 1)}${gap}%` : `${numberText(language, percent, 1)}%`;
}

/** A count of days, whole. */
export function daysText(language: Language, days: number): string {
  const whole = Math.floor(days);
  const word = language === 'fr' ? (Math.abs(whole) < 2 ? 'jour' : 'jours') : Math.abs(whole) === 1 ? 'day' : 'days';
  return `${numberText(language, whole)}${gap}${word}`;
}
