import type { BusinessCalendar } from '#contract/desk-levels.ts';
import { holidayDraft, holidaysOf, type HolidayDraft } from '#web/shell/holiday-draft.ts';
import { hoursOf, hoursText } from './typed-hours.ts';

/** A calendar as it is typed. */
export interface CalendarDraft extends HolidayDraft {
  readonly nameEn: string;
  readonly nameFr: string;
  readonly timeZone: string;
  readonly week: readonly string[];
}

const officeDay = '09:00–12:00 13:00–18:00';

/** A new calendar: office hours where the reader is. */
export function emptyCalendar(): CalendarDraft {
  return {
    nameEn: '',
    nameFr: '',
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: [officeDay, officeDay, officeDay, officeDay, officeDay, '', ''],
    country: 'FR',
    region: '',
    more: '',
    without: '',
  };
}

export function calendarDraft({ name, timeZone, week, holidays }: BusinessCalendar): CalendarDraft {
  return {
    nameEn: name.en,
    nameFr: name.fr,
    timeZone,
    week: week.map(hoursText),
    ...holidayDraft(holidays),
  };
}

/** What was typed as the contract wants it; null while hours cannot be read. A name in one language serves for both. */
export function calendarOf(draft: CalendarDraft, id: string): BusinessCalendar | null {
  const days = draft.week.map(hoursOf);
  const week = days.flatMap((day) => (day === null ? [] : [day]));
  if (week.length !== days.length) return null;
  return {
    id,
    name: { en: draft.nameEn || draft.nameFr, fr: draft.nameFr || draft.nameEn },
    timeZone: draft.timeZone.trim(),
    week,
    holidays: holidaysOf(draft),
  };
}
