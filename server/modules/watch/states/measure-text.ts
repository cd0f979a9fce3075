import type { Language } from '#contract/words.ts';
import type { Metric } from '#probe/check-kind.ts';
import { numberText } from '#probe/number-text.ts';
import { watchReasons as en } from '#texts/en/watch-reasons.ts';
import { watchReasons as fr } from '#texts/fr/watch-reasons.ts';

const words = { en, fr };
const gap = '\u00A0';
const sizes = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const frenchSizes = ['o', 'ko', 'Mo', 'Go', 'To', 'Po'] as const;

function sizeText(language: Language, bytes: number): string {
  const power = bytes === 0 ? 0 : Math.min(5, Math.max(0, Math.floor(Math.log10(Math.abs(bytes)) / 3)));
  const unit = (language === 'fr' ? frenchSizes : sizes)[power] ?? 'B';
  return `${numberText(language, bytes / 1_000 ** power, 1)}${gap}${unit}`;
}

/** Units as metrics name them, by the signs with which series are stored. */
export const metricUnits: Readonly<Record<string, Metric['unit']>> = {
  ms: 'ms',
  '%': 'percent',
  B: 'bytes',
  'B/s': 'bytesPerSecond',
  '1/s': 'perSecond',
  d: 'days',
  s: 'seconds',
};

/** A measured value with its unit, by whichever name: that of metrics or that of series. */
export function amountText(language: Language, value: number, unit: string): string {
  return measureText(language, value, metricUnits[unit] ?? unit);
}

/** A measured value with its unit, as the metrics of checks name units. */
export function measureText(language: Language, value: number, unit: string): string {
  const plain = (symbol: string, digits = 2): string => `${numberText(language, value, digits)}${gap}${symbol}`;
  switch (unit) {
    case 'ms':
      return Math.abs(value) < 1_000 ? plain('ms', 1) : `${numberText(language, value / 1_000, 2)}${gap}s`;
    case 'seconds':
      return plain('s');
    case 'percent':
      return language === 'fr' ? plain('%') : `${numberText(language, value, 2)}%`;
    case 'days':
      return plain(language === 'fr' ? 'j' : 'd', 1);
    case 'bytes':
      return sizeText(language, value);
    case 'bytesPerSecond':
      return `${sizeText(language, value)}/s`;
    case 'perSecond':
      return `${numberText(language, value, 2)}/s`;
    default:
      return numberText(language, value, 3);
  }
}

/** A span in the largest unit that says it whole. */
export function spanText(language: Language, seconds: number): string {
  const { seconds: inSeconds, minutes, hours } = words[language];
  if (seconds >= 3_600 && seconds % 3_600 === 0) return hours(seconds / 3_600);
  return seconds >= 60 && seconds % 60 === 0 ? minutes(seconds / 60) : inSeconds(seconds);
}
