import { useEffect, useEffectEvent, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useUi, type UiSurroundings } from '../words.ts';
import {
  chartLines,
  seriesColours,
  type ChartData,
  type ChartLine,
  type ChartMark,
  type ChartSpan,
} from './chart-data.ts';
import { formatMeasure, valueRange } from './measure.ts';

interface ChartCanvasProps {
  data: ChartData;
  height: number;
  /** Index under the cursor, or undefined when it leaves. */
  onCursor: (index: number | undefined) => void;
  /** A part was chosen by dragging. */
  onZoom?: ((span: ChartSpan) => void) | undefined;
  onReset?: (() => void) | undefined;
  /** The whole span, where measurements do not fill it. */
  span?: ChartSpan | undefined;
}

const markColours: Record<ChartMark['kind'], string> = {
  down: '--v-down',
  degraded: '--v-degraded',
  up: '--v-up',
  incident: '--v-ink',
  run: '--v-accent',
  maintenance: '--v-maintenance',
  anomaly: '--v-anomaly',
};

/** A canvas cannot read CSS variables: they are resolved whenever something is drawn, so a theme switch needs a redraw. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const aligned = (data: ChartData): UPlot.AlignedData => [
  [...data.times],
  ...chartLines(data).map(({ values }) => [...values]),
];

/** What keeps the shape of a drawing: uPlot is made anew when it changes, and only given new values otherwise. */
function shapeOf(data: ChartData): string {
  return chartLines(data)
    .map(({ role, label, place }) => `${role} ${place} ${label}`)
    .join('\n');
}

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
  const midnight = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(0);
  return (_self, splits, _axis, _space, step) => {
    const format = step >= 86_400 ? day : step >= 60 ? minute : second;
    return splits.map((at) => {
      const text = format.format(at * 1000);
      // Where several days are told by hours, midnight is told by its day.
      return format === minute && text === midnight ? day.format(at * 1000) : text;
    });
  };
}

function drawMarks(chart: UPlot, marks: readonly ChartMark[]): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  for (const mark of marks) drawSpan(chart, mark);
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

/** What lasts is a wash behind the lines; changes of state are moments. */
function drawSpan(chart: UPlot, mark: ChartMark): void {
  if (mark.kind === 'down' || mark.kind === 'degraded' || mark.kind === 'up') return;
  const { ctx, bbox } = chart;
  const end = mark.until === null ? Number.POSITIVE_INFINITY : (mark.until ?? mark.at);
  const left = Math.max(bbox.left, chart.valToPos(mark.at, 'x', true));
  const right = Math.min(bbox.left + bbox.width, Number.isFinite(end) ? chart.valToPos(end, 'x', true) : Infinity);
  if (right <= left) return;
  ctx.fillStyle = `${colour(markColours[mark.kind])}14`;
  ctx.fillRect(left, bbox.top, right - left, bbox.height);
}

function lineOf({ role, label, place }: ChartLine, alone: boolean): UPlot.Series {
  const name = `--v-series-${(place % seriesColours.length) + 1}`;
  const plain = { label, points: { show: false }, stroke: () => colour(name) };
  switch (role) {
    case 'min':
    case 'max':
      return { ...plain, width: 0 };
    case 'before':
      return { ...plain, width: 1.25, dash: [2, 3], stroke: () => `${colour(name)}80` };
    case 'p95':
      return { ...plain, width: 1, dash: [6, 3] };
    default:
      return {
        ...plain,
        width: 1.5,
        // A single value between two gaps is no line: it would not be seen at all.
        points: { show: true, size: 4, filter: (chart, at) => lonePoints(chart.data[at]) },
        ...(alone ? { fill: () => `${colour(name)}1f` } : {}),
      };
  }
}

function lonePoints(values: ArrayLike<number | null | undefined> | undefined): number[] {
  const lone: number[] = [];
  const known = (at: number): boolean => values?.[at] !== null && values?.[at] !== undefined;
  for (let at = 0; at < (values?.length ?? 0); at += 1)
    if (known(at) && !known(at - 1) && !known(at + 1)) lone.push(at);
  return lone;
}

/** The pairs of lines between which a band is washed; uPlot counts the times as line 0. */
function bandsOf(lines: readonly ChartLine[]): UPlot.Band[] {
  return lines.flatMap((line, at) => {
    if (line.role !== 'max') return [];
    const name = `--v-series-${(line.place % seriesColours.length) + 1}`;
    return [{ series: [at + 1, at] as [number, number], fill: () => `${colour(name)}24` }];
  });
}

interface MakeOptions {
  data: ChartData;
  ui: UiSurroundings;
  width: number;
  height: number;
  marks: () => readonly ChartMark[];
  onCursor: (index: number | undefined) => void;
  onSelect: (span: ChartSpan) => void;
  onReset: () => void;
  span: () => ChartSpan | undefined;
  zooms: boolean;
}

function makeOptions(made: MakeOptions): UPlot.Options {
  const { data, ui, width, height, marks, onCursor, onSelect, onReset, span, zooms } = made;
  const { unit } = data;
  const lines = chartLines(data);
  const axis: UPlot.Axis = {
    stroke: () => colour('--v-ink-quiet'),
    font: '11px "Inter Variable", system-ui, sans-serif',
    grid: { stroke: () => colour('--v-line'), width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
  const alone = lines.length === 1;
  return {
    width,
    height,
    legend: { show: false },
    // At the right, room for half of a label of the last moment.
    padding: [8, 18, 0, 0],
    cursor: {
      y: false,
      points: { size: 6 },
      drag: { setScale: false, x: zooms, y: false },
      // uPlot's own double click would show what it holds, not what may be fetched.
      bind: { dblclick: () => () => (onReset(), null) },
    },
    bands: bandsOf(lines),
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), ui.timeZone),
    scales: {
      x: {
        range: (_self, min, max) => {
          const whole = span();
          return whole === undefined ? [min, max] : [whole.from, whole.until];
        },
      },
      y: { range: (_self, min, max) => valueRange(min ?? 0, max ?? 1, unit) },
    },
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
    series: [{}, ...lines.map((line) => lineOf(line, alone))],
    hooks: {
      draw: [(chart) => drawMarks(chart, marks())],
      setCursor: [(chart) => onCursor(chart.cursor.idx ?? undefined)],
      setSelect: [
        (chart) => {
          const { left, width: chosen } = chart.select;
          if (chosen < 4) return;
          onSelect({ from: chart.posToVal(left, 'x'), until: chart.posToVal(left + chosen, 'x') });
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** The drawing itself (uPlot), loaded only when a chart is on the screen. */
export function ChartCanvas({ data, height, onCursor, onZoom, onReset, span }: ChartCanvasProps) {
  const ui = useUi();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(undefined);
  const shape = `${data.unit}\n${shapeOf(data)}\n${ui.locale}\n${ui.timeZone}\n${height}`;
  const marks = useEffectEvent(() => data.marks ?? []);
  const moved = useEffectEvent(onCursor);
  const chosen = useEffectEvent((part: ChartSpan) => onZoom?.(part));
  const reset = useEffectEvent(() => onReset?.());
  const whole = useEffectEvent(() => span);
  const make = useEffectEvent(
    (element: HTMLElement, _shape: string) =>
      new UPlot(
        makeOptions({
          data,
          ui,
          width: element.clientWidth,
          height,
          marks,
          onCursor: moved,
          onSelect: chosen,
          onReset: reset,
          span: whole,
          zooms: onZoom !== undefined,
        }),
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
