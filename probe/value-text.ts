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

const symbols = { celsius: '°C', volts: 'V', amperes: 'A', watts: 'W', hertz: 'Hz', decibelMilliwatts: 'dBm' } as const;
const bitUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const;

/** The rate of a line, in powers of 1,000 as the speeds of lines are told. */
function bitsText(language: Language, bits: number): string {
  const step = Math.min(bitUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(bits) || 1) / 3)));
  return `${numberText(language, bits / 1000 ** step, 1)}${gap}${bitUnits[step] ?? ''}`;
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
    case 'bitsPerSecond':
      return bitsText(language, value);
    case 'celsius':
    case 'volts':
    case 'amperes':
    case 'watts':
    case 'hertz':
    case 'decibelMilliwatts':
      return `${numberText(language, value, Math.abs(value) < 100 ? 1 : 0)}${gap}${symbols[unit]}`;
    case 'revolutionsPerMinute':
      return `${numberText(language, value)}${gap}${language === 'fr' ? 'tr/min' : 'rpm'}`;
    default:
      return numberText(language, value, Number.isInteger(value) ? 0 : 2);
  }
}
