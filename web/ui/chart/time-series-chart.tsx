import { lazy, Suspense, useState } from 'react';
import { formatClock, formatExact } from '../format.ts';
import { useNow } from '../clock.ts';
import { useUi } from '../words.ts';
import { seriesColours, type ChartData } from './chart-data.ts';
import { formatMeasure } from './measure.ts';
import './chart.css';

const ChartCanvas = lazy(async () => ({ default: (await import('./chart-canvas.tsx')).ChartCanvas }));

/** A table of more rows than this helps nobody; every n-th is shown. */
const maxTableRows = 200;

interface TimeSeriesChartProps {
  title: string;
  data: ChartData;
  /** Of the drawing, in pixels. */
  height?: number;
}

/** Measurements over time: a drawing with the values under the cursor, and the same numbers as a table. */
export function TimeSeriesChart({ title, data, height = 160 }: TimeSeriesChartProps) {
  const { words, locale, timeZone } = useUi();
  const now = useNow();
  const [cursor, setCursor] = useState<number>();
  const [table, setTable] = useState(false);
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
      </figcaption>
      <Legend data={data} cursor={cursor} />
      {!hasValues ? (
        <div className="v-chart-none" style={{ height }}>
          {words.chart.noData}
        </div>
      ) : table ? (
        <ChartTable title={title} data={data} height={height} />
      ) : (
        <div style={{ height }}>
          <Suspense fallback={null}>
            <ChartCanvas data={data} height={height} onCursor={setCursor} />
          </Suspense>
        </div>
      )}
      {data.marks !== undefined && data.marks.length > 0 && (
        <ul className="v-unseen" aria-label={words.chart.marks}>
          {data.marks.map((mark) => (
            <li key={`${mark.at} ${mark.label}`}>
              {formatExact(new Date(mark.at * 1000), locale, timeZone)} {mark.label}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function lastOf(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** Each series with its value under the cursor, or its latest one. */
function Legend({ data, cursor }: { data: ChartData; cursor: number | undefined }) {
  const { words, locale } = useUi();
  return (
    <ul className="v-chart-legend">
      {data.series.map((series, at) => {
        const value = cursor === undefined ? lastOf(series.values) : (series.values[cursor] ?? null);
        return (
          <li key={series.name}>
            <span className="v-chart-swatch" style={{ background: seriesColours[at % seriesColours.length] }} />
            {series.label}{' '}
            <strong className="v-number">
              {value === null ? words.list.noValue : formatMeasure(value, data.unit, locale, words.byteUnits)}
            </strong>
          </li>
        );
      })}
    </ul>
  );
}

function ChartTable({ title, data, height }: { title: string; data: ChartData; height: number }) {
  const { words, locale, timeZone } = useUi();
  const step = Math.ceil(data.times.length / maxTableRows);
  const rows = data.times.map((at, index) => ({ at, index })).filter(({ index }) => index % step === 0);
  return (
    <div className="v-chart-table" style={{ maxHeight: Math.max(height, 220) }}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{words.chart.time}</th>
            {data.series.map((series) => (
              <th scope="col" key={series.name}>
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ at, index }) => (
            <tr key={at}>
              <th scope="row">{formatExact(new Date(at * 1000), locale, timeZone)}</th>
              {data.series.map((series) => {
                const value = series.values[index] ?? null;
                return (
                  <td key={series.name} className="v-number">
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
