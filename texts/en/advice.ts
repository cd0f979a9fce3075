import type { AnomalyMode } from '#contract/advice-anomalies.ts';
import type { ToldForecast } from '#contract/advice-forecasts.ts';

/** What advice says: forecasts, and policies by name. Amounts and dates come formatted. */
export const advice = {
  forecast: {
    date: (what: string, day: string, low: string, high: string): string =>
      `${what} is full on ${day}, most likely between ${low} and ${high}.`,
    dateOpen: (what: string, day: string, low: string): string =>
      `${what} is full on ${day}, not before ${low}; it may also take more than half a year.`,
    full: (what: string, value: string): string => `${what} is full now: ${value}.`,
    notGrowing: (what: string, value: string): string => `No date: ${what} is at ${value} and does not grow.`,
    beyond: (what: string, value: string, perDay: string): string =>
      `No date within half a year: ${what} is at ${value} and grows by ${perDay} a day.`,
    cleared: (what: string, value: string, by: { grows: string; size: string; every: string }): string =>
      `No date: ${what} is at ${value}; it grows by ${by.grows} a day and is cleared of about ${by.size} every ${by.every}.`,
    tooShort: (what: string): string => `No date yet: ${what} has been measured for less than a day.`,
    unreadable: (what: string): string => `No date: nothing was measured of ${what} lately.`,
  } satisfies Record<ToldForecast['why'] | 'dateOpen', unknown>,
  csv: ['Series', 'Check', 'On', 'Value', 'Unit', 'Full at', 'Full on', 'Not before', 'Not after', 'Why', 'Sentence'],
  logs: {
    isNew: (clock: string, lines: number): string =>
      `Never seen before ${clock}; ${lines === 1 ? 'one line' : `${lines} lines`} since.`,
    isMore: (lines: number, most: number): string =>
      `${lines === 1 ? 'One line' : `${lines} lines`}, never more than ${most} in as long a time before.`,
  },
  policies: {
    all: 'All checks',
    usual: 'As is usual',
  },
  modes: { off: 'not judged', mark: 'marked', alert: 'alert' } satisfies Record<AnomalyMode, string>,
};
