import type { Holidays } from '#contract/on-call.ts';

/** Holidays as one types them: lists of dates are text. */
export interface HolidayDraft {
  readonly country: string;
  readonly region: string;
  readonly more: string;
  readonly without: string;
}

export function holidayDraft({ country, region, more, without }: Holidays): HolidayDraft {
  return {
    country,
    region,
    more: more.map(({ date, name }) => `${date} ${name}`).join('\n'),
    without: without.join('\n'),
  };
}

/** What was typed as a request wants it; a day without a name goes by its date. */
export function holidaysOf({ country, region, more, without }: HolidayDraft): Holidays {
  const lines = more.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return {
    country: country.trim().toUpperCase(),
    region: region.trim().toUpperCase(),
    more: lines.map((line) => {
      const [date = '', ...words] = line.split(/\s+/u);
      return { date, name: words.join(' ') || date };
    }),
    without: without.split(/[\s,;]+/u).filter((date) => date !== ''),
  };
}
