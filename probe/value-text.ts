import type { Language } from '#contract/words.ts';
import type { MetricUnit } from './check-kind.ts';
import { daysText, numberText, percentText, timeText } from './number-text.ts';

const gap = '\u00a0';
const byteUnits: Readonly<Record<Language, readonly string[]>> = {
  en: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
  fr: ['o', 'Kio', 'Mio', 'Gio', 'Tio', 'Pio'],
};

/** A size as people say it, in powers of 1,024. */
export function bytesText(language: Language, bytes: number): string {
  const names = byteUnits[language];
  const size = Math.abs(bytes);
  const step = size < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log(size) / Math.log(1024)));
  const value = bytes / 1024 ** step;
  return `${numberText(language, value, step === 0 || Math.abs(value) >= 100 ? 0 : 1)}${gap}${names[step] ?? ''}`;
}

/** A span of time as people say it: seconds, minutes, hours or days, whichever is readable. */
export function spanText(language: Language, seconds: number): string {
  if (seconds < 120) return timeText(language, seconds * 1000);
  if (seconds < 7_200) return `${numberText(language, seconds / 60)}${gap}min`;
  if (seconds < 172_800) return `${numberText(language, seconds / 3_600, 1)}${gap}h`;
  return daysText(language, seconds / 86_400);
}

/** A value with its unit, as a sentence has it. */
export function valueText(language: Language, value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'ms':
      return timeText(language, value);
    case 'percent':
      return percentText(language, value);
    case 'bytes':
      return bytesText(language, value);
    case 'bytesPerSecond':
      return `${bytesText(language, value)}/s`;
    case 'perSecond':
      return `${numberText(language, value, 2)}/s`;
    case 'days':
      return daysText(language, value);
    case 'seconds':
      return spanText(language, value);
    default:
      return numberText(language, value, Number.isInteger(value) ? 0 : 2);
  }
}
