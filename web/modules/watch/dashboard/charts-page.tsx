import { Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useAddress } from '#web/shell/use-address.ts';
import { TimeSeriesChart } from '#web/ui/chart/time-series-chart.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { groupData } from '../measurements/chart-groups.ts';
import { compareSeconds, useChartView, type ChartView } from '../measurements/chart-period.ts';
import { CsvLink, SourceLine } from '../measurements/check-charts.tsx';
import { useSections } from '../use-sections.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { PeriodBar } from '../calm/period-bar.tsx';
import { seriesChartQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';
import { dashboardsQuery } from './dashboard-queries.ts';
import { SeriesPicker, seriesTitle } from './series-picker.tsx';
import { newContent } from './widget-defaults.ts';
import { addWidget } from './widget-moves.ts';
import '#web/ui/page.css';
import './dashboard.css';

const mostSeries = 20;
const renewMs = 30_000;

/** The chosen series in the address. */
function useSeries(): [readonly number[], (ids: readonly number[]) => void] {
  const [params, say] = useAddress();
  const ids = (params.get('series') ?? '')
    .split(' ')
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0)
    .slice(0, mostSeries);
  return [ids, (next) => say('series', next.join(' '))];
}

/** Any measurements side by side, of whatever checks and hosts: the address is the chart. */
export function ChartsPage() {
  const { charts: texts } = useMeasurementTexts();
  const { sections } = useWatchTexts();
  const [ids, setIds] = useSeries();
  const [view, setView] = useChartView('24h');
  return (
    <section className="v-page" data-scroll="">
      <title>{`${texts.title} – Vigie`}</title>
      <header className="v-page-head v-board-head">
        <h1 className="v-title">{texts.title}</h1>
        <div className="v-board-actions">
          <PeriodBar view={view} usual="24h" onChange={setView} />
          {ids.length > 0 && <KeepMenu ids={ids} view={view} />}
        </div>
      </header>
      <SectionTabs label={sections.label} tabs={useSections().map((each) => ({ ...each, end: true }))} />
      <div className="v-charts">
        <p className="v-quiet">{texts.lead}</p>
        <SeriesPicker label={texts.title} ids={ids} most={mostSeries} onChange={setIds} />
        {ids.length === 0 ? (
          <EmptyState title={texts.empty}>{texts.emptyText}</EmptyState>
        ) : (
          <Drawn ids={ids} view={view} onView={setView} />
        )}
      </div>
    </section>
  );
}

function Drawn({
  ids,
  view,
  onView,
}: {
  ids: readonly number[];
  view: ChartView;
  onView: (change: Partial<ChartView>) => void;
}) {
  const words: Readonly<Record<string, string>> = useWatchTexts().units;
  const live = view.chosen === undefined;
  const drawn = useQuery({
    ...seriesChartQuery(ids, view),
    placeholderData: (old) => old,
    refetchInterval: live ? renewMs : false,
  });
  const before = useQuery({
    ...seriesChartQuery(ids, view, { secondsBefore: compareSeconds[view.compare] }),
    enabled: view.compare !== 'none',
  });
  const { data } = drawn;
  if (data === undefined) return null;
  return (
    <>
      {[...new Set(data.series.map(({ unit }) => unit))].map((unit) => {
        const members = data.series.filter((each) => each.unit === unit);
        const group = { unit, ids: members.map(({ id }) => id) };
        const made = groupData(group, data, {
          ...view,
          before: view.compare === 'none' ? undefined : before.data,
          shiftSeconds: compareSeconds[view.compare],
        });
        const label = (name: string): string => {
          const found = members.find(({ id }) => String(id) === name);
          return found === undefined ? name : seriesTitle(found);
        };
        return (
          <TimeSeriesChart
            key={unit}
            title={words[unit] ?? unit}
            data={{ ...made, series: made.series.map((each) => ({ ...each, label: label(each.name) })) }}
            height={320}
            span={view.chosen}
            onZoom={(chosen) => onView({ chosen })}
            onReset={live ? undefined : () => onView({ chosen: undefined })}
            actions={<CsvLink ids={group.ids} view={view} />}
          />
        );
      })}
      <SourceLine source={data.source} />
    </>
  );
}

function KeepMenu({ ids, view }: { ids: readonly number[]; view: ChartView }) {
  const { charts: texts, dashboards } = useMeasurementTexts();
  const mine = (useQuery(dashboardsQuery()).data?.items ?? []).filter((each) => each.mine);
  const keep = async (id: string): Promise<void> => {
    const board = await client.watch.dashboards.get({ id });
    const content = newContent('chart');
    if (content.kind !== 'chart') return;
    const { period, band, percentile, compare } = view;
    const filled = { ...content, series: [...ids], period, band, percentile, compare };
    const widgets = addWidget(board.widgets, crypto.randomUUID(), filled);
    await client.watch.dashboards.change({ id, version: board.version, widgets });
    await queryClient.invalidateQueries({ queryKey: api.watch.dashboards.key() });
    notifications.show({ message: texts.kept(board.name) });
  };
  const keepOnNew = async (): Promise<void> => {
    const board = await client.watch.dashboards.create({ name: dashboards.add });
    await keep(board.id);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className="v-board-add">
          {texts.toDashboard}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {mine.map((board) => (
          <Menu.Item key={board.id} onClick={() => void keep(board.id)}>
            {board.name}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => void keepOnNew()}>{dashboards.add}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
