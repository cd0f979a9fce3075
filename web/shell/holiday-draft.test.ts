import { expect, it } from 'vitest';
import { holidayDraft, holidaysOf } from './holiday-draft.ts';

const holidays = {
  country: 'CA',
  region: 'QC',
  more: [{ date: '2026-12-24', name: 'Company closed' }],
  without: ['2026-05-01', '2026-07-01'],
};

it('holidays are typed and read back as they were', () => {
  expect(holidaysOf(holidayDraft(holidays))).toEqual(holidays);
});

it('small letters, commas and days without a name are understood', () => {
  const typed = { country: ' ca', region: 'qc ', more: '\n 2026-12-24 \n', without: '2026-05-01, 2026-07-01;' };
  expect(holidaysOf(typed)).toEqual({ ...holidays, more: [{ date: '2026-12-24', name: '2026-12-24' }] });
});
