import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Availability } from '#contract/availability.ts';
import { calmScreens as en } from '#texts/en/calm-screens.ts';
import { calmScreens as fr } from '#texts/fr/calm-screens.ts';
import { nowMs } from '../ui/clock.ts';
import { Duration } from '../ui/duration.tsx';
import { Section } from '../ui/section.tsx';
import { useUi } from '../ui/words.ts';
import { client } from './api.ts';
import { useTexts } from './language.tsx';
import { paths } from '../paths.ts';
import './availability.css';

/** Periods by their word in the address, in days. */
export const periodDays = { '24h': 1, '7d': 7, '30d': 30, '90d': 90, '365d': 365 } as const;
export type AvailabilityPeriod = keyof typeof periodDays;

export function isAvailabilityPeriod(word: string | null): word is AvailabilityPeriod {
  return word !== null && Object.hasOwn(periodDays, word);
}

const dayMs = 86_400_000;

/** Availability up to now; "now" is when it is fetched. */
export function availabilityQuery(asked: {
  readonly of: Availability['kind'];
  readonly period: AvailabilityPeriod;
  readonly ids?: readonly string[];
  readonly thingId?: string;
}) {
  const { of, period, ids, thingId } = asked;
  return {
    queryKey: ['watch', 'availability', of, period, ids ?? null, thingId ?? null] as const,
    queryFn: () => {
      const until = nowMs();
      return client.watch.availability({
        of,
        from: new Date(until - periodDays[period] * dayMs).toISOString(),
        until: new Date(until).toISOString(),
        ...(ids === undefined ? {} : { ids: [...ids] }),
        ...(thingId === undefined ? {} : { thingId }),
      });
    },
    staleTime: 30_000,
  };
}

/** Per cent with as many digits as tell the interval apart, rounded outwards as it came. */
export function intervalText(
  { low, high }: Pick<Availability, 'low' | 'high'>,
  locale: string,
  nothing: string,
): string {
  if (low === null || high === null) return nothing;
  const digits = [2, 3].find((each) => Math.floor(low * 10 ** each) < Math.ceil(high * 10 ** each)) ?? 2;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  const scale = 10 ** digits;
  const least = format.format(Math.floor(low * scale) / scale);
  const most = format.format(Math.min(100, Math.ceil(high * scale) / scale));
  const gap = locale.startsWith('fr') ? '\u00A0' : '';
  return least === most ? `${least}${gap}%` : `${least}–${most}${gap}%`;
}

const periods = Object.keys(periodDays).filter(isAvailabilityPeriod);

/** The choice of period, as tabs. */
export function PeriodChoice({
  period,
  onChoose,
}: {
  period: AvailabilityPeriod;
  onChoose: (period: AvailabilityPeriod) => void;
}) {
  const texts = useTexts({ en, fr }).availability;
  return (
    <fieldset className="v-availability-periods" aria-label={texts.period}>
      {periods.map((each) => (
        <button
          key={each}
          type="button"
          className="v-tab"
          aria-pressed={each === period}
          onClick={() => onChoose(each)}
        >
          {texts.periods[each]}
        </button>
      ))}
    </fieldset>
  );
}

/** How much of a period something was there: up, down and not known, with what was left out and why. */
export function AvailabilitySection({ of, id }: { of: Availability['kind']; id: string }) {
  const texts = useTexts({ en, fr }).availability;
  const { locale } = useUi();
  const [period, setPeriod] = useState<AvailabilityPeriod>('30d');
  const { data } = useQuery({ ...availabilityQuery({ of, period, ids: [id] }), placeholderData: (before) => before });
  const item = data?.items[0];
  if (item === undefined || item.basis === 'nothing') return null;
  return (
    <Section title={texts.title} aside={<PeriodChoice period={period} onChoose={setPeriod} />}>
      <p className="v-availability">
        <strong title={texts.help}>{intervalText(item, locale, texts.nothing)}</strong>{' '}
        <span className="v-quiet">
          {texts.outages(item.outages)} · {texts.columns.basis.toLowerCase()} {texts.basis[item.basis]} ·{' '}
          <Link className="v-link" to={paths.availability(of, period)}>
            {texts.whole}
          </Link>
        </span>
      </p>
      <AvailabilityBar item={item} />
      {item.exclusions.length > 0 && (
        <ul className="v-availability-out" aria-label={texts.exclusions}>
          {item.exclusions.map(({ kind, why, seconds, count }) => (
            <li key={`${kind} ${why}`}>
              <span>{texts.exclusionKinds[kind]}</span>
              <span className="v-quiet">{why}</span>
              <span className="v-number">
                <Duration ms={seconds * 1000} /> · {texts.times(count)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** The three states side by side, with their lengths in words. */
function AvailabilityBar({ item }: { item: Availability }) {
  const texts = useTexts({ en, fr }).availability;
  const { up, down, unknown, counted } = item.seconds;
  const parts = [
    { state: 'up', label: texts.up, seconds: up },
    { state: 'down', label: texts.columns.down, seconds: down },
    { state: 'unknown', label: texts.columns.unknown, seconds: unknown },
  ];
  return (
    <>
      <div className="v-availability-bar" aria-hidden="true">
        {parts.map(({ state, seconds }) => (
          <span key={state} data-state={state} style={{ flexGrow: counted === 0 ? 0 : seconds / counted }} />
        ))}
      </div>
      <dl className="v-availability-parts">
        {parts.map(({ state, label, seconds }) => (
          <div key={state}>
            <dt>{label}</dt>
            <dd>
              <Duration ms={seconds * 1000} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
