import { formatBytes, formatDuration, formatNumber } from '../format.ts';

const bitSteps = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const;

/** A rate of a line in decimal steps, as the speeds of lines are told. */
function formatBitRate(value: number, locale: string): string {
  const step = Math.min(bitSteps.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  const shown = value / 1000 ** step;
  return `${formatNumber(shown, locale, Math.abs(shown) < 100 ? 1 : 0)}\u00A0${bitSteps[step] ?? ''}`;
}

/** A measurement with its unit: `B`, `B/s`, `bit/s`, `%`, `ms`, `s`, `d`, `1` or any other word, shown after the number. */
export function formatMeasure(value: number, unit: string, locale: string, byteUnits: readonly string[]): string {
  switch (unit) {
    case 'B':
      return formatBytes(value, locale, byteUnits);
    case 'B/s':
      return `${formatBytes(value, locale, byteUnits)}/s`;
    case 'bit/s':
      return formatBitRate(value, locale);
    case '1':
    case '':
      return formatNumber(value, locale, Math.abs(value) < 10 ? 2 : 1);
    case '%':
      return new Intl.NumberFormat(locale, {
        style: 'percent',
        maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1,
      }).format(value / 100);
    case 's':
      return formatDuration(value * 1000, locale);
    case 'd':
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: 'day',
        unitDisplay: 'short',
        maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1,
      }).format(value);
    default:
      return `${formatNumber(value, locale, Math.abs(value) < 10 ? 2 : 1)}\u00A0${unit}`;
  }
}

/** Where the value axis begins and ends: from zero, and percentages always to a hundred, so that charts compare. */
export function valueRange(min: number, max: number, unit: string): [number, number] {
  if (unit === '%') return [0, Math.max(100, max)];
  if (max <= 0 && min >= 0) return [0, 1];
  return [Math.min(0, min), max * 1.08];
}
