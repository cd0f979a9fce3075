import { IconPhoto, IconZoomIn, IconZoomReset } from '@tabler/icons-react';
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
  const { title, data, height = 160, span, onZoom, onReset } = props;
  const { words, locale, timeZone } = useUi();
  const now = useNow();
  const [cursor, setCursor] = useState<number>();
  const [table, setTable] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const at = cursor === undefined ? undefined : data.times[cursor];
  const hasValues = data.series.some((series) => series.values.some((value) => value !== null));
  return (
    <figure className="v-chart" aria-label={title}>
      <figcaption className="v-chart-head">
        <span className="v-chart-title">{title}</span>
        <span className="v-chart-at v-number">
          {at === undefined ? '' : formatClock(new Date(at * 1000), now, locale, timeZone)}
        </span>
        <button type="button" className="v-link-button v-chart-toggle" onClick={() => setTable(!table)}>
          {table ? words.chart.hideTable : words.chart.showTable}
        </button>
        <ChartTools
          {...props}
          canvas={() => drawing.current?.querySelector('canvas') ?? null}
          drawn={hasValues && !table}
        />
      </figcaption>
      <Legend data={data} cursor={cursor} />
      {!hasValues ? (
        <div className="v-chart-none" style={{ height }}>
          {words.chart.noData}
        </div>
      ) : table ? (
        <ChartTable title={title} data={data} height={height} />
      ) : (
        <div ref={drawing} style={{ height }}>
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

interface ChartToolProps {
  label: string;
  onClick: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ReactNode;
}

function ChartTool({ label, onClick, onKeyDown, children }: ChartToolProps) {
  return (
    <button
      type="button"
      className="v-chart-tool"
      aria-label={label}
      title={label}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {children}
    </button>
  );
}

interface ToolsProps extends TimeSeriesChartProps {
  /** The drawing, where there is one to be saved. */
  canvas: () => HTMLCanvasElement | null;
  drawn: boolean;
}

/** What can be done with a chart: look closer, go back, take it along. */
function ChartTools({ title, data, span, onZoom, onReset, actions, canvas, drawn }: ToolsProps) {
  const { words, locale, timeZone } = useUi();
  const shown = span ?? { from: data.times[0] ?? 0, until: data.times.at(-1) ?? 0 };
  const save = (): void => {
    const found = canvas();
    if (found === null) return;
    const [from, until] = [shown.from, shown.until].map((at) => formatExact(new Date(at * 1000), locale, timeZone));
    const fileName = `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`;
    void saveChart(found, { title, period: `${from ?? ''} – ${until ?? ''}`, data, fileName });
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepSpan(shown, event.key);
    if (next !== undefined) onZoom?.(next);
    else if (event.key === 'Escape' && onReset !== undefined) onReset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const closer = (): void => onZoom?.(stepSpan(shown, '+') ?? shown);
  return (
    <span className="v-chart-tools">
      {onZoom !== undefined && drawn && (
        <ChartTool label={words.chart.zoomKeys} onClick={closer} onKeyDown={pressed}>
          <IconZoomIn size={15} />
        </ChartTool>
      )}
      {onReset !== undefined && (
        <ChartTool label={words.chart.wholePeriod} onClick={onReset}>
          <IconZoomReset size={15} />
        </ChartTool>
      )}
      {drawn && (
        <ChartTool label={words.chart.savePicture} onClick={save}>
          <IconPhoto size={15} />
        </ChartTool>
      )}
      {actions}
    </span>
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

/** Longer than its frame: whoever has no mouse scrolls it by the keyboard. */
function makeScrollable(frame: HTMLElement | null): void {
  if (frame !== null) frame.tabIndex = 0;
}

function ChartTable({ title, data, height }: { title: string; data: ChartData; height: number }) {
  const { words, locale, timeZone } = useUi();
  const step = Math.ceil(data.times.length / maxTableRows);
  const rows = data.times.map((at, index) => ({ at, index })).filter(({ index }) => index % step === 0);
  const lines = chartLines(data).toSorted((one, other) => one.place - other.place);
  return (
    <section
      className="v-chart-table"
      aria-label={title}
      ref={makeScrollable}
      style={{ maxHeight: Math.max(height, 220) }}
    >
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
    </section>
  );
}
