import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { WidgetContent } from '#contract/dashboard.ts';
import { api } from '#web/shell/api.ts';
import { paths } from '#web/paths.ts';
import { TimeSeriesChart } from '#web/ui/chart/time-series-chart.tsx';
import { formatMeasure } from '#web/ui/chart/measure.ts';
import { nowMs, useNow } from '#web/ui/clock.ts';
import { Duration } from '#web/ui/duration.tsx';
import { formatNumber } from '#web/ui/format.ts';
import { PlainText } from '#web/ui/plain-text.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { useUi } from '#web/ui/words.ts';
import { groupData } from '../measurements/chart-groups.ts';
import { compareSeconds } from '../measurements/chart-period.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { checksQuery, countsQuery, seriesChartQuery } from '../watch-queries.ts';
import { knownSeriesQuery } from './dashboard-queries.ts';
import { seriesTitle } from './series-picker.tsx';

type Of<Kind extends WidgetContent['kind']> = Extract<WidgetContent, { kind: Kind }>;

interface BodyProps {
  content: WidgetContent;
  /** Of the room for it, in pixels. */
  height: number;
}

/** How often what no live event tells of is asked again. */
const renewMs = 30_000;

/** What a widget shows. */
export function WidgetBody({ content, height }: BodyProps) {
  switch (content.kind) {
    case 'chart':
      return <ChartBody content={content} height={height} />;
    case 'value':
      return <ValueBody content={content} />;
    case 'states':
      return <StatesBody content={content} />;
    case 'availability':
      return <AvailabilityBody content={content} />;
    case 'counts':
      return <CountsBody />;
    case 'incidents':
      return <IncidentsBody content={content} />;
    case 'top':
      return <TopBody content={content} />;
    case 'text':
      return <PlainText text={content.text} />;
    default:
      return <ClockBody content={content} />;
  }
}

function Nothing() {
  return <p className="v-quiet v-widget-nothing">{useMeasurementTexts().show_nothing}</p>;
}

function ChartBody({ content, height }: { content: Of<'chart'>; height: number }) {
  const { series, period, compare } = content;
  const view = { period, chosen: undefined };
  const drawn = useQuery({
    ...seriesChartQuery(series, view),
    enabled: series.length > 0,
    refetchInterval: renewMs,
    placeholderData: (old) => old,
  });
  const before = useQuery({
    ...seriesChartQuery(series, view, { secondsBefore: compareSeconds[compare] }),
    enabled: series.length > 0 && compare !== 'none',
    refetchInterval: renewMs * 10,
  });
  if (series.length === 0) return <Nothing />;
  const units = [...new Set(drawn.data?.series.map(({ unit }) => unit))];
  const several = new Set(drawn.data?.series.map(({ checkId }) => checkId)).size > 1;
  const legendLines = Math.ceil(series.length / (several ? 3 : 5));
  const each = Math.max(60, height / Math.max(1, units.length) + 8 - legendLines * 19);
  return (
    <div className="v-widget-charts">
      {units.map((unit) => {
        if (drawn.data === undefined) return null;
        const members = drawn.data.series.filter((one) => one.unit === unit);
        const label = (id: number): string => {
          const found = members.find((one) => one.id === id);
          return found === undefined ? '' : several ? seriesTitle(found) : found.label;
        };
        const data = groupData({ unit, ids: members.map(({ id }) => id) }, drawn.data, {
          band: content.band,
          percentile: content.percentile,
          before: compare === 'none' ? undefined : before.data,
          shiftSeconds: compareSeconds[compare],
        });
        return (
          <TimeSeriesChart
            key={unit}
            title={several ? unit : (members[0]?.checkName ?? unit)}
            data={{ ...data, series: data.series.map((one) => ({ ...one, label: label(Number(one.name)) })) }}
            height={each}
          />
        );
      })}
    </div>
  );
}

function ValueBody({ content }: { content: Of<'value'> }) {
  const texts = useMeasurementTexts();
  const { words, locale } = useUi();
  const ids = content.series === null ? [] : [content.series];
  const found = useQuery({ ...knownSeriesQuery(ids), refetchInterval: renewMs / 3 }).data?.items[0];
  if (content.series === null) return <Nothing />;
  if (found === undefined) return null;
  const { last } = found;
  const reached = (limit: number | null): boolean =>
    last !== null && limit !== null && (content.bad === 'above' ? last >= limit : last <= limit);
  const state =
    last === null ? 'unknown' : reached(content.down) ? 'down' : reached(content.degraded) ? 'degraded' : 'up';
  const judged = content.degraded !== null || content.down !== null || last === null;
  return (
    <div className="v-widget-value">
      <Link
        to={paths.check(found.checkId)}
        className="v-widget-number v-number"
        data-state={judged ? state : undefined}
      >
        {last === null ? texts.unknownValue : formatMeasure(last, found.unit, locale, words.byteUnits)}
      </Link>
      <span className="v-widget-under">
        {judged && <StateBadge state={state} />} <span className="v-quiet">{seriesTitle(found)}</span>
      </span>
    </div>
  );
}

const worstFirst = ['down', 'unreachable', 'degraded', 'unknown', 'up'];

function StatesBody({ content }: { content: Of<'states'> }) {
  const { noStates } = useMeasurementTexts();
  const all = useQuery(checksQuery()).data?.items ?? [];
  const words = content.search.trim().toLocaleLowerCase();
  const fits = all
    .filter((check) => content.states.length === 0 || content.states.includes(check.state))
    .filter((check) => `${check.name} ${check.target.name}`.toLocaleLowerCase().includes(words))
    .filter((check) => content.target === null || check.target.id === content.target.id)
    .toSorted((one, other) => worstFirst.indexOf(one.state) - worstFirst.indexOf(other.state))
    .slice(0, content.limit);
  if (fits.length === 0) return <p className="v-quiet v-widget-nothing">{noStates}</p>;
  return (
    <ul className="v-widget-list">
      {fits.map((check) => (
        <li key={check.id}>
          <StateBadge state={check.state} show="icon" />
          <Link to={paths.check(check.id)}>
            {check.target.name} – {check.name}
          </Link>
          <span className="v-quiet v-number">
            <Duration since={check.since} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function AvailabilityBody({ content }: { content: Of<'availability'> }) {
  const texts = useMeasurementTexts();
  const { locale } = useUi();
  const { checks, days } = content;
  const hour = Math.floor(nowMs() / 3_600_000) * 3_600_000;
  const asked = {
    of: 'check' as const,
    ids: [...checks],
    from: new Date(hour - days * 86_400_000).toISOString(),
    until: new Date(hour).toISOString(),
  };
  const found = useQuery(api.watch.availability.queryOptions({ input: asked, enabled: checks.length > 0 })).data;
  if (checks.length === 0) return <Nothing />;
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 });
  const share = (value: number): string => percent.format(value / 100);
  return (
    <ul className="v-widget-list">
      {found?.items.map((each) => {
        const { counted, unknown } = each.seconds;
        const known = counted === 0 ? 0 : ((counted - unknown) / counted) * 100;
        const exact = each.low !== null && each.high !== null && each.high - each.low < 0.0005;
        return (
          <li key={each.id}>
            <Link to={paths.check(each.id)}>
              {each.of} – {each.name}
            </Link>
            <span className="v-number" title={texts.availabilityKnown(share(known))}>
              {each.low === null || each.high === null
                ? texts.unknownValue
                : exact
                  ? share(each.low)
                  : `${formatNumber(each.low, locale, 3)} – ${share(each.high)}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const counted = ['down', 'unreachable', 'degraded', 'unknown', 'up'] as const;

function CountsBody() {
  const { locale } = useUi();
  const counts = useQuery(countsQuery()).data;
  if (counts === undefined) return null;
  return (
    <ul className="v-widget-counts">
      {counted.map((state) => (
        <li key={state} data-quiet={counts[state] === 0 || state === 'up' || undefined}>
          <Link to={paths.watch(`state:${state}`)}>
            <strong className="v-number">{formatNumber(counts[state], locale, 0)}</strong>
            <StateBadge state={state} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function IncidentsBody({ content }: { content: Of<'incidents'> }) {
  const { noIncidents } = useMeasurementTexts();
  const input = { open: 'true', limit: content.limit };
  const found = useQuery(api.desk.tickets.list.queryOptions({ input, refetchInterval: renewMs }));
  if (found.data?.items.length === 0) return <p className="v-quiet v-widget-nothing">{noIncidents}</p>;
  return (
    <ul className="v-widget-list">
      {found.data?.items.map((ticket) => (
        <li key={ticket.id}>
          <span className="v-quiet v-number">#{ticket.number}</span>
          <Link to={paths.ticket(ticket.id)}>{ticket.title}</Link>
          <span className="v-quiet v-number">
            <Duration since={ticket.openedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function TopBody({ content }: { content: Of<'top'> }) {
  const { words, locale } = useUi();
  const { name, checkKind, order, limit } = content;
  const input = { name: name === '' ? 'x' : name, order, limit, ...(checkKind === '' ? {} : { kind: checkKind }) };
  const found = useQuery(
    api.watch.measurements.top.queryOptions({ input, enabled: name !== '', refetchInterval: renewMs }),
  );
  if (name === '') return <Nothing />;
  const most = Math.max(...(found.data?.items.map(({ last }) => Math.abs(last ?? 0)) ?? [1]), 1e-9);
  return (
    <ol className="v-widget-list v-widget-top">
      {found.data?.items.map((series) => (
        <li key={series.id} style={{ backgroundSize: `${(Math.abs(series.last ?? 0) / most) * 100}% 100%` }}>
          <Link to={paths.check(series.checkId)} title={series.checkName}>
            {seriesTitle(series)}
          </Link>
          <strong className="v-number">
            {series.last === null
              ? words.list.noValue
              : formatMeasure(series.last, series.unit, locale, words.byteUnits)}
          </strong>
        </li>
      ))}
    </ol>
  );
}

function ClockBody({ content }: { content: Of<'clock'> }) {
  const { locale, timeZone } = useUi();
  const now = new Date(useNow());
  const zone = isZone(content.zone) ? content.zone : timeZone;
  const told = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(now);
  return (
    <div className="v-widget-value">
      <span className="v-widget-number v-number">{told({ hour: '2-digit', minute: '2-digit' })}</span>
      <span className="v-widget-under v-quiet">
        {told({ weekday: 'long', day: 'numeric', month: 'long' })}
        {content.zone !== '' && ` – ${zone.replaceAll('_', ' ')}`}
      </span>
    </div>
  );
}

function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
