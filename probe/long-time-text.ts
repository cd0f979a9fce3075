import type { Language } from '#contract/words.ts';
import { numberText } from './number-text.ts';

const gap = '\u00A0';
const units = {
  en: { s: 's', min: 'min', h: 'h', d: 'd' },
  fr: { s: 's', min: 'min', h: 'h', d: 'j' },
} as const;

/** Seconds as people say them, from seconds to days, at most two units. */
export function longTimeText(language: Language, seconds: number): string {
  const word = units[language];
  const two = (large: number, largeWord: string, small: number, smallWord: string): string =>
    small === 0
      ? `${numberText(language, large)}${gap}${largeWord}`
      : `${numberText(language, large)}${gap}${largeWord} ${small}${gap}${smallWord}`;
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole}${gap}${word.s}`;
  if (whole < 3_600) return two(Math.floor(whole / 60), word.min, whole % 60, word.s);
  if (whole < 86_400) return two(Math.floor(whole / 3_600), word.h, Math.floor((whole % 3_600) / 60), word.min);
  return two(Math.floor(whole / 86_400), word.d, Math.floor((whole % 86_400) / 3_600), word.h);
}
