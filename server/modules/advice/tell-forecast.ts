import type { ToldForecast } from '#contract/advice-forecasts.ts';
import type { Language } from '#contract/words.ts';
import { csvCell } from '#platform/csv.ts';
import { durationText } from '#texts/duration.ts';
import * as en from '#texts/en/advice.ts';
import * as fr from '#texts/fr/advice.ts';
import type { Needs } from './needs.ts';
import type { FullForecast } from './store-forecast.ts';

const texts = { en: en.advice, fr: fr.advice };
const daySeconds = 86_400;

/** A day within a sentence: `3 December 2026`. */
export function dayText(at: Date, language: Language, zone: string): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone } as const;
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', options).format(at).replaceAll(' ', '\u00A0');
}

function sentenceOf(each: FullForecast, what: string, tell: Telling): string {
  const say = texts[tell.language].forecast;
  const day = (at: Date): string => dayText(at, tell.language, tell.zone);
  const amount = (value: number): string => tell.needs.amount(tell.language, value, each.unit);
  const { why, fullAt, lowAt, highAt, last, perDay, jumps } = each;
  if (why === 'date' && fullAt !== null && lowAt !== null)
    return highAt === null
      ? say.dateOpen(what, day(fullAt), day(lowAt))
      : say.date(what, day(fullAt), day(lowAt), day(highAt));
  if (why === 'full') return say.full(what, amount(last ?? each.capacity));
  if (why === 'notGrowing') return say.notGrowing(what, amount(last ?? 0));
  if (why === 'cleared' && jumps !== null) {
    const grows = amount(perDay + jumps.size / jumps.gapDays);
    const every = durationText(Math.max(1, Math.round(jumps.gapDays)) * daySeconds, tell.language);
    return say.cleared(what, amount(last ?? 0), { grows, size: amount(jumps.size), every });
  }
  if (why === 'beyond') return say.beyond(what, amount(last ?? 0), amount(perDay));
  return why === 'tooShort' ? say.tooShort(what) : say.unreadable(what);
}

/** In whose language, by whose clock. */
export interface Telling {
  readonly language: Language;
  readonly zone: string;
  readonly needs: Pick<Needs, 'labelOf' | 'amount'>;
}

/** A forecast as it is told. */
export function tellForecast(each: FullForecast, tell: Telling): ToldForecast {
  const label = tell.needs.labelOf(each.checkKind, each.series, tell.language);
  return {
    seriesId: each.seriesId,
    checkId: each.checkId,
    checkName: each.checkName,
    target: each.target,
    label,
    unit: each.unit,
    capacity: each.capacity,
    falling: each.falling,
    byHand: each.byHand,
    last: each.last,
    fullAt: each.fullAt?.toISOString() ?? null,
    low: each.lowAt?.toISOString() ?? null,
    high: each.highAt?.toISOString() ?? null,
    within30Days: each.within30Days,
    perDay: each.perDay,
    why: each.why,
    // A number that a command gives has no name of its own: that of its check says what it is.
    sentence: sentenceOf(each, each.series === 'value' ? each.checkName : label, tell),
    madeAt: each.madeAt.toISOString(),
    pastDays: each.pastDays,
  };
}

/** All forecasts as CSV (RFC 4180). */
export function forecastCsv(all: readonly ToldForecast[], language: Language, separator: ',' | ';'): string {
  const lines = all.map((each) => [
    each.label,
    each.checkName,
    each.target?.name ?? '',
    each.last === null ? '' : String(each.last),
    each.unit,
    String(each.capacity),
    each.fullAt ?? '',
    each.low ?? '',
    each.high ?? '',
    each.why,
    each.sentence,
  ]);
  return [texts[language].csv, ...lines]
    .map((cells) => `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`)
    .join('');
}
