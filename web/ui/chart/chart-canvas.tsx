import { useEffect, useEffectEvent, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useUi, type UiSurroundings } from '../words.ts';
import { seriesColours, type ChartData, type ChartMark } from './chart-data.ts';
import { formatMeasure, valueRange } from './measure.ts';

interface ChartCanvasProps {
  data: ChartData;
  height: number;
  /** Index under the cursor, or undefined when it leaves. */
  onCursor: (index: number | undefined) => void;
}

const markColours: Record<ChartMark['kind'], string> = {
  down: '--v-down',
  degraded: '--v-degraded',
  up: '--v-up',
  incident: '--v-ink',
  run: '--v-accent',
  maintenance: '--v-maintenance',
};

/** A canvas cannot read CSS variables: they are resolved whenever something is drawn, so a theme switch needs a redraw. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const aligned = (data: ChartData): UPlot.AlignedData => [
  [...data.times],
  ...data.series.map((series) => [...series.values]),
];

const byteSteps = Array.from({ length: 60 }, (_, power) => 2 ** power);

function timeLabels(ui: UiSurroundings): UPlot.Axis.DynamicValues {
  const { locale, timeZone } = ui;
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone });
  const minute = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const second = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  });
  return (_self, splits, _axis, _space, step) => {
    const format = step >= 86_400 ? day : step >= 60 ? minute : second;
    return splits.map((at) => format.format(at * 1000));
  };
}

function drawMarks(chart: UPlot, marks: readonly ChartMark[]): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  for (const mark of marks) {
    const x = chart.valToPos(mark.at, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = colour(markColours[mark.kind]);
    ctx.fillStyle = ctx.strokeStyle;
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x - 4 * ratio, bbox.top);
    ctx.lineTo(x + 4 * ratio, bbox.top);
    ctx.lineTo(x, bbox.top + 6 * ratio);
    ctx.fill();
  }
  ctx.restore();
}

interface MakeOptions {
  data: ChartData;
  ui: UiSurroundings;
  width: number;
  height: number;
  marks: () => readonly ChartMark[];
  onCursor: (index: number | undefined) => void;
}

function makeOptions({ data, ui, width, height, marks, onCursor }: MakeOptions): UPlot.Options {
  const { unit } = data;
  const axis: UPlot.Axis = {
    stroke: () => colour('--v-ink-quiet'),
    font: '11px "Inter Variable", system-ui, sans-serif',
    grid: { stroke: () => colour('--v-line'), width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
  const alone = data.series.length === 1;
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 6, 0, 0],
    cursor: { y: false, points: { size: 6 }, drag: { setScale: false } },
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), ui.timeZone),
    scales: { y: { range: (_self, min, max) => valueRange(min ?? 0, max ?? 1, unit) } },
    axes: [
      { ...axis, size: 26, grid: { show: false }, values: timeLabels(ui), space: 64 },
      {
        ...axis,
        size: 64,
        space: 28,
        ...(unit === 'B' || unit === 'B/s' ? { incrs: byteSteps } : {}),
        values: (_self, splits) => splits.map((value) => formatMeasure(value, unit, ui.locale, ui.words.byteUnits)),
      },
    ],
    series: [
      {},
      ...data.series.map((series, at): UPlot.Series => {
        const name = `--v-series-${(at % seriesColours.length) + 1}`;
        return {
          label: series.label,
          width: 1.5,
          stroke: () => colour(name),
          ...(alone ? { fill: () => `${colour(name)}1f` } : {}),
          points: { show: false },
        };
      }),
    ],
    hooks: {
      draw: [(chart) => drawMarks(chart, marks())],
      setCursor: [(chart) => onCursor(chart.cursor.idx ?? undefined)],
    },
  };
}

/** The drawing itself (uPlot), loaded only when a chart is on the screen. */
export function ChartCanvas({ data, height, onCursor }: ChartCanvasProps) {
  const ui = useUi();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(undefined);
  const shape = `${data.unit}\n${data.series.map((series) => series.label).join('\n')}\n${ui.locale}\n${ui.timeZone}\n${height}`;
  const marks = useEffectEvent(() => data.marks ?? []);
  const moved = useEffectEvent(onCursor);
  const make = useEffectEvent(
    (element: HTMLElement, _shape: string) =>
      new UPlot(
        makeOptions({ data, ui, width: element.clientWidth, height, marks, onCursor: moved }),
        aligned(data),
        element,
      ),
  );
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const drawn = make(element, shape);
    chart.current = drawn;
    const resized = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height: drawn.height }));
    resized.observe(element);
    const themed = new MutationObserver(() => drawn.redraw(false, true));
    themed.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      drawn.destroy();
      chart.current = undefined;
    };
  }, [shape]);
  useEffect(() => {
    chart.current?.setData(aligned(data));
  }, [data]);
  return <div ref={box} aria-hidden="true" />;
}
