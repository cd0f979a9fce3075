import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { Check } from '#contract/watch.ts';
import { TimeSeriesChart } from '#web/ui/chart/time-series-chart.tsx';
import { Section } from '#web/ui/section.tsx';
import { chartGroups, groupData, sinceFirstMeasured, type ChartGroup } from './chart-groups.ts';
import { chartQuery, isRange, rangeSeconds, seriesQuery, type Range } from './watch-queries.ts';
import { useWatchTexts } from './watch-texts.ts';
import './watch.css';

const ranges = Object.keys(rangeSeconds).filter(isRange);

/** The period in the address; the usual one is not written. */
function useRange(): [Range, (range: Range) => void] {
  const [params, setParams] = useSearchParams();
  const asked = params.get('range');
  const range = isRange(asked) ? asked : '1h';
  return [
    range,
    (next) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (next === '1h') after.delete('range');
          else after.set('range', next);
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
  ];
}

/** What a check measures, live, as charts that belong together. */
export function CheckCharts({ check }: { check: Check }) {
  const texts = useWatchTexts();
  const [range, setRange] = useRange();
  const { data: series } = useSuspenseQuery(seriesQuery(check.id));
  const chart = useQuery({
    ...chartQuery(check.id, range),
    placeholderData: (before) => before,
    select: sinceFirstMeasured,
  });
  const groups = chartGroups(series.items);
  const titleOf = (group: ChartGroup): string => {
    if (group.family !== undefined) return texts.groups[group.family];
    const only = group.ids.length === 1 ? series.items.find((each) => each.id === group.ids[0]) : undefined;
    const units: Readonly<Record<string, string>> = texts.units;
    return only?.label ?? units[group.unit] ?? group.unit;
  };
  return (
    <Section title={texts.checkPage.measures} aside={<Ranges range={range} onRange={setRange} />}>
      {groups.length === 0 && <p className="v-quiet">{texts.checkPage.noMeasures}</p>}
      <div className="v-watch-charts">
        {groups.map((group) => (
          <TimeSeriesChart
            key={group.ids.join(' ')}
            title={titleOf(group)}
            data={chart.data === undefined ? { times: [], unit: group.unit, series: [] } : groupData(group, chart.data)}
            height={groups.length > 2 ? 140 : 190}
          />
        ))}
      </div>
    </Section>
  );
}

function Ranges({ range, onRange }: { range: Range; onRange: (range: Range) => void }) {
  const { checkPage } = useWatchTexts();
  return (
    <fieldset className="v-ranges" aria-label={checkPage.range}>
      {ranges.map((each) => (
        <button key={each} type="button" className="v-tab" aria-pressed={each === range} onClick={() => onRange(each)}>
          {checkPage.ranges[each]}
        </button>
      ))}
    </fieldset>
  );
}
