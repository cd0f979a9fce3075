import { useMemo } from 'react';
import type { Rehearsal } from '#contract/rule.ts';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';

const height = 120;
const top = 14;
const dayWidth = 20;

/** How often a rule fired and would have fired, day by day; the table behind says the same in numbers. */
export function FiringsChart({ days }: { days: Rehearsal['perDay'] }) {
  const texts = useCalmTexts().rules;
  const { locale, timeZone } = useUi();
  const [first] = days;
  const last = days.at(-1);
  const most = Math.max(1, ...days.map(({ was, wouldBe }) => Math.max(was, wouldBe)));
  const fired = days.filter(({ was, wouldBe }) => was + wouldBe > 0);
  const width = Math.max(1, days.length) * dayWidth;
  const tall = (count: number): number => (count / most) * (height - top);
  const format = useMemo(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }), [locale, timeZone]);
  const said = (day: string): string => format.format(new Date(day));
  const label = `${texts.chart}: ${texts.chartWas} ${sum(days, 'was')}, ${texts.chartWould} ${sum(days, 'wouldBe')}`;
  return (
    <figure className="v-firings">
      <figcaption>
        {texts.chart} <span className="v-firings-key v-firings-was">{texts.chartWas}</span>{' '}
        <span className="v-firings-key v-firings-would">{texts.chartWould}</span>{' '}
        <span className="v-quiet">{texts.chartMost(most)}</span>
      </figcaption>
      <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
        {days.map(({ day, was, wouldBe }, index) => (
          <g key={day}>
            <title>{`${said(day)}: ${was} → ${wouldBe}`}</title>
            <rect className="v-firings-hit" x={index * dayWidth} y={0} width={dayWidth} height={height} />
            <rect
              className="v-firings-was"
              x={index * dayWidth + 2}
              y={height - tall(was)}
              width={7}
              height={tall(was)}
            />
            <rect
              className="v-firings-would"
              x={index * dayWidth + 10}
              y={height - tall(wouldBe)}
              width={7}
              height={tall(wouldBe)}
            />
          </g>
        ))}
      </svg>
      <div className="v-firings-axis">
        <span>{first !== undefined && said(first.day)}</span>
        <span>{last !== undefined && said(last.day)}</span>
      </div>
      {fired.length > 0 && <FiringsTable fired={fired} said={said} />}
    </figure>
  );
}

function FiringsTable({ fired, said }: { fired: Rehearsal['perDay']; said: (day: string) => string }) {
  const texts = useCalmTexts().rules;
  return (
    <details>
      <summary>{texts.chartTable}</summary>
      <table className="v-watch-results">
        <thead>
          <tr>
            <th scope="col">{texts.chartDay}</th>
            <th scope="col">{texts.chartWas}</th>
            <th scope="col">{texts.chartWould}</th>
          </tr>
        </thead>
        <tbody>
          {fired.map(({ day, was, wouldBe }) => (
            <tr key={day}>
              <td>{said(day)}</td>
              <td>{was}</td>
              <td>{wouldBe}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function sum(days: Rehearsal['perDay'], name: 'was' | 'wouldBe'): number {
  return days.reduce((so, each) => so + each[name], 0);
}
