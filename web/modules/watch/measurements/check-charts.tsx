import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconTableExport } from '@tabler/icons-react';
import type { Check } from '#contract/watch.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { paths } from '#web/paths.ts';
import { TimeSeriesChart } from '#web/ui/chart/time-series-chart.tsx';
import { Section } from '#web/ui/section.tsx';
import { chartGroups, groupData, sinceFirstMeasured, type ChartGroup } from './chart-groups.ts';
import { compareSeconds, spanOf, useChartView, type ChartView } from './chart-period.ts';
import { useMeasurementTexts } from './measurement-texts.ts';
import { PeriodBar } from '../calm/period-bar.tsx';
import { chartQuery, seriesQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';
import '../watch.css';

/** What a check measures, live, as charts that belong together. */
export function CheckCharts({ check }: { check: Check }) {
  const texts = useWatchTexts();
  const [view, setView] = useChartView('1h');
  const { data: series } = useSuspenseQuery(seriesQuery(check.id));
  const chart = useQuery({
    ...chartQuery(check.id, view),
    placeholderData: (before) => before,
    select: view.chosen === undefined ? sinceFirstMeasured : (fetched) => fetched,
  });
  const before = useQuery({
    ...chartQuery(check.id, view, compareSeconds[view.compare]),
    enabled: view.compare !== 'none',
    placeholderData: (old) => old,
  });
  const groups = chartGroups(series.items);
  const titleOf = (group: ChartGroup): string => {
    if (group.family !== undefined) return texts.groups[group.family];
    const only = group.ids.length === 1 ? series.items.find((each) => each.id === group.ids[0]) : undefined;
    const units: Readonly<Record<string, string>> = texts.units;
    return only?.label ?? units[group.unit] ?? group.unit;
  };
  const shown = {
    ...view,
    before: view.compare === 'none' ? undefined : before.data,
    shiftSeconds: compareSeconds[view.compare],
  };
  return (
    <Section title={texts.checkPage.measures} aside={<PeriodBar view={view} usual="1h" onChange={setView} />}>
      {groups.length === 0 && <p className="v-quiet">{texts.checkPage.noMeasures}</p>}
      <div className="v-watch-charts">
        {groups.map((group) => (
          <TimeSeriesChart
            key={group.ids.join(' ')}
            title={titleOf(group)}
            data={
              chart.data === undefined
                ? { times: [], unit: group.unit, series: [] }
                : groupData(group, chart.data, shown)
            }
            height={groups.length > 2 ? 140 : 190}
            span={view.chosen}
            onZoom={(chosen) => setView({ chosen })}
            onReset={view.chosen === undefined ? undefined : () => setView({ chosen: undefined })}
            actions={<CsvLink ids={group.ids} view={view} />}
          />
        ))}
      </div>
      {chart.data !== undefined && groups.length > 0 && <SourceLine source={chart.data.source} />}
    </Section>
  );
}

/** Of what a chart is made: a mean of a day says something else than a single result. */
export function SourceLine({ source }: { source: keyof ReturnType<typeof useMeasurementTexts>['source'] }) {
  const { source: words } = useMeasurementTexts();
  return <p className="v-quiet v-chart-source">{words[source]}</p>;
}

/** The values behind a chart as a file. French spreadsheets take the comma for the decimal sign. */
export function CsvLink({ ids, view }: { ids: readonly number[]; view: Pick<ChartView, 'period' | 'chosen'> }) {
  const { show } = useMeasurementTexts();
  const language = useLanguage();
  const separator = language === 'fr' ? 'semicolon' : 'comma';
  return (
    <a
      className="v-chart-tool"
      href={paths.measurementsCsv({ series: ids.slice(0, 20), ...spanOf(view), separator, language })}
      download
      aria-label={show.csv}
      title={show.csv}
    >
      <IconTableExport size={15} />
    </a>
  );
}
