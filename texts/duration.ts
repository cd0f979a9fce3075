import type { Language } from '#contract/words.ts';

const daySeconds = 86_400;
const units = [
  { seconds: daySeconds, en: 'd', fr: 'j' },
  { seconds: 3_600, en: 'h', fr: 'h' },
  { seconds: 60, en: 'min', fr: 'min' },
  { seconds: 1, en: 's', fr: 's' },
] as const;

/**
 * A span of time as people read it: its two largest units, such as `4 min 12 s` or `2 d 3 h`, in French `2 j 3 h`.
 * Number and unit stay on one line (U+00A0), as the SI asks.
 */
export function durationText(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = units.findIndex((unit) => whole >= unit.seconds);
  if (first === -1) return '0\u00A0s';
  let rest = whole;
  const parts: string[] = [];
  for (const unit of units.slice(first, first + 2)) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    if (count > 0) parts.push(`${count.toLocaleString(language)}\u00A0${unit[language]}`);
  }
  return parts.join(' ');
}
