import { IconPhoto, IconZoomReset } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { formatClock, formatExact } from '../format.ts';
import { useNow } from '../clock.ts';
import { useUi, type UiWords } from '../words.ts';
import { chartLines, seriesColours, stepSpan, type ChartData, type ChartLine, type ChartSpan } from './chart-data.ts';
import { formatMeasure } from './measure.ts';
import { saveChart } from './save-chart.ts';
import './chart.css';

const ChartCanvas = lazy(async () => ({ default: (await import('./chart-canvas.tsx')).ChartCanvas }));

/** A table of more rows than this helps nobody; every n-th is shown. */
const maxTableRows = 200;

interface TimeSeriesChartProps {
  title: string;
  data: ChartData;
  /** Of the drawing, in pixels. */
  height?: number;
  /** The whole span, where measurements do not fill it. */
  span?: ChartSpan | undefined;
  /** With it, a part can be chosen by dragging, and the span changed by keys. */
  onZoom?: ((span: ChartSpan) => void) | undefined;
  /** Back to the period from which zooming began; undefined when there is nothing to go back to. */
  onReset?: (() => void) | undefined;
  /** What else may be done with it, such as a file of its values. */
  actions?: ReactNode;
}

/** Measurements over time: a drawing with the values under the cursor, and the same numbers as a table. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { title, data, height = 160, span, onZoom, onReset, actions } = props;
  const { words, locale, timeZone } = useUi();
  const now = useNow();
  const [cursor, setCursor] = useState<number>();
  const [table, setTable] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const at = cursor === undefined ? undefined : data.times[cursor];
  const hasValues = data.series.some((series) => series.values.some((value) => value !== null));
  const save = (): void => {
    const canvas = drawing.current?.querySelector('canvas');
    const first = data.times[0];
    const last = data.times.at(-1);
    if (canvas === null || canvas === undefined || first === undefined || last === undefined) return;
    const exact = (seconds: number): string => formatExact(new Date(seconds * 1000), locale, timeZone);
    const period = `${exact(span?.from ?? first)} – ${exact(span?.until ?? last)}`;
    const fileName = `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`;
    void saveChart(canvas, { title, period, data, fileName });
  };
  return (
    <figure className="v-chart" aria-label={title}>
      <figcaption className="v-chart-head">
        <span className="v-chart-title">{title}</span>
        <span className="v-chart-at v-number">
          {at === undefined ? '' : formatClock(new Date(at * 1000), now, locale, timeZone)}
        </span>
        <span className="v-chart-tools">
          {onReset !== undefined && (
            <ChartTool label={words.chart.wholePeriod} onClick={onReset}>
              <IconZoomReset size={15} />
            </ChartTool>
          )}
          {hasValues && !table && (
            <ChartTool label={words.chart.savePicture} onClick={save}>
              <IconPhoto size={15} />
            </ChartTool>
          )}
          {actions}
        </span>
        <button type="button" className="v-link-button v-chart-toggle" onClick={() => setTable(!table)}>
          {table ? words.chart.hideTable : words.chart.showTable}
        </button>
      </figcaption>
      <Legend data={data} cursor={cursor} />
      {!hasValues ? (
        <div className="v-chart-none" style={{ height }}>
          {words.chart.noData}
        </div>
      ) : table ? (
        <ChartTable title={title} data={data} height={height} />
      ) : (
        <ZoomArea title={title} height={height} span={spanOf(data, span)} onZoom={onZoom} onReset={onReset}>
          <div ref={drawing}>
            <Suspense fallback={null}>
              <ChartCanvas
                data={data}
                height={height}
                onCursor={setCursor}
                onZoom={onZoom}
                onReset={onReset}
                span={span}
              />
            </Suspense>
          </div>
        </ZoomArea>
      )}
      {data.marks !== undefined && data.marks.length > 0 && (
        <ul className="v-unseen" aria-label={words.chart.marks}>
          {data.marks.map((mark, place) => (
            <li key={`${mark.at} ${place}`}>
              {formatExact(new Date(mark.at * 1000), locale, timeZone)} {mark.label}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function spanOf(data: ChartData, span: ChartSpan | undefined): ChartSpan {
  return span ?? { from: data.times[0] ?? 0, until: data.times.at(-1) ?? 0 };
}

function ChartTool({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="v-chart-tool" aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}

interface ZoomAreaProps {
  title: string;
  height: number;
  span: ChartSpan;
  onZoom: TimeSeriesChartProps['onZoom'];
  onReset: TimeSeriesChartProps['onReset'];
  children: ReactNode;
}

/** The drawing as something that keys can be said to. */
function ZoomArea({ title, height, span, onZoom, onReset, children }: ZoomAreaProps) {
  const { words } = useUi();
  if (onZoom === undefined) return <div style={{ height }}>{children}</div>;
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepSpan(span, event.key);
    if (next !== undefined) onZoom(next);
    else if (event.key === 'Escape' && onReset !== undefined) onReset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // The group is what the keys belong to; it is no button, since it does nothing by itself.
    <div
      className="v-chart-zoom"
      style={{ height }}
      role="application"
      tabIndex={0}
      aria-label={`${title}. ${words.chart.zoomKeys}`}
      title={words.chart.zoomKeys}
      onKeyDown={pressed}
    >
      {children}
    </div>
  );
}

function lastOf(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** Each series with its value under the cursor, or its latest one; what its other lines say there stands behind. */
function Legend({ data, cursor }: { data: ChartData; cursor: number | undefined }) {
  const { words, locale } = useUi();
  const told = (value: number | null): string =>
    value === null ? words.list.noValue : formatMeasure(value, data.unit, locale, words.byteUnits);
  const atCursor = (values: readonly (number | null)[]): number | null =>
    cursor === undefined ? lastOf(values) : (values[cursor] ?? null);
  return (
    <ul className="v-chart-legend">
      {data.series.map((series, at) => (
        <li key={series.name}>
          <span className="v-chart-swatch" style={{ background: seriesColours[at % seriesColours.length] }} />
          {series.label} <strong className="v-number">{told(atCursor(series.values))}</strong>
          {cursor !== undefined && series.min !== undefined && series.max !== undefined && (
            <span className="v-chart-more v-number">
              {' '}
              {told(atCursor(series.min))} – {told(atCursor(series.max))}
            </span>
          )}
          {series.p95 !== undefined && <span className="v-chart-more v-number"> p95 {told(atCursor(series.p95))}</span>}
          {series.before !== undefined && (
            <span className="v-chart-more v-number">
              {' '}
              {words.chart.before} {told(atCursor(series.before))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function lineTitle({ role, label }: ChartLine, words: UiWords['chart']): string {
  const more = { value: '', min: words.least, max: words.most, p95: words.percentile, before: words.before }[role];
  return more === '' ? label : `${label} (${more})`;
}

function ChartTable({ title, data, height }: { title: string; data: ChartData; height: number }) {
  const { words, locale, timeZone } = useUi();
  const step = Math.ceil(data.times.length / maxTableRows);
  const rows = data.times.map((at, index) => ({ at, index })).filter(({ index }) => index % step === 0);
  const lines = chartLines(data).toSorted((one, other) => one.place - other.place);
  return (
    <div className="v-chart-table" style={{ maxHeight: Math.max(height, 220) }}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{words.chart.time}</th>
            {lines.map((line) => (
              <th scope="col" key={`${line.place} ${line.role}`}>
                {lineTitle(line, words.chart)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ at, index }) => (
            <tr key={at}>
              <th scope="row">{formatExact(new Date(at * 1000), locale, timeZone)}</th>
              {lines.map((line) => {
                const value = line.values[index] ?? null;
                return (
                  <td key={`${line.place} ${line.role}`} className="v-number">
                    {value === null ? words.list.noValue : formatMeasure(value, data.unit, locale, words.byteUnits)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
