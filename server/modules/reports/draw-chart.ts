import type { ResolutionReport } from '#contract/reports.ts';
import { hourText } from '#texts/moment.ts';
import type { Telling } from './telling.ts';

type Chart = NonNullable<ResolutionReport['chart']>;

const size = { width: 499, height: 150 } as const;
const plot = { left: 46, right: 8, top: 18, bottom: 20 } as const;
const colours = { line: '#1f5fa8', outage: '#f6d5d0', edge: '#b3261e', grid: '#dfe3e8', text: '#4a5560' } as const;
const mostPoints = 1_000;

/** Round numbers from 0 to at least a maximum, about four of them (1, 2 or 5 times a power of ten apart). */
export function niceTicks(most: number): readonly number[] {
  if (!(most > 0) || !Number.isFinite(most)) return [0, 1];
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? raw;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

/** Times for an axis, on whole minutes, hours or days. */
export function timeTicks(from: number, until: number): readonly number[] {
  const steps = [60, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400];
  const step = steps.find((candidate) => (until - from) / candidate <= 7) ?? Math.ceil((until - from) / 7);
  const first = Math.ceil(from / step) * step;
  const ticks: number[] = [];
  for (let at = first; at <= until && ticks.length < 10; at += step) ticks.push(at);
  return ticks;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const round = (value: number): string => value.toFixed(2).replace(/\.?0+$/u, '');
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Lines through what was measured; nothing is drawn across what was not. */
function paths(points: readonly { x: number; y: number | null }[]): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { x, y } of points) {
    if (y === null) {
      if (line !== '') lines.push(line);
      line = '';
    } else line += `${line === '' ? 'M' : 'L'}${round(x)} ${round(y)}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Draws measurements around an outage as SVG: axes, the line, and the outage as a shaded band with its name. */
export function drawChart(chart: Chart, { words, language, zone }: Telling): string | null {
  const stride = Math.max(1, Math.ceil(chart.times.length / mostPoints));
  const measured = chart.times.flatMap((time, at) =>
    at % stride === 0 && Number.isFinite(time) ? [{ time, value: chart.values[at] ?? null }] : [],
  );
  const first = measured.at(0)?.time;
  const last = measured.at(-1)?.time;
  if (first === undefined || last === undefined || last <= first) return null;
  const ticks = niceTicks(Math.max(0, ...measured.map(({ value }) => value ?? 0)));
  const top = ticks.at(-1) ?? 1;
  const { width, height } = size;
  const x = (time: number): number => plot.left + ((time - first) / (last - first)) * (width - plot.left - plot.right);
  const y = (value: number): number => height - plot.bottom - (value / top) * (height - plot.top - plot.bottom);
  const text = (at: { x: number; y: number; anchor: string; colour?: string }, said: string): string =>
    `<text x="${round(at.x)}" y="${round(at.y)}" font-family="Roboto" font-size="7.5" text-anchor="${at.anchor}" fill="${at.colour ?? colours.text}">${escaped(said)}</text>`;
  const line = (from: Point, to: Point, colour: string, dash = ''): string =>
    `<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}" stroke="${colour}" stroke-width="0.6"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`;
  const begin = x(Math.min(Math.max(chart.from, first), last));
  const end = x(Math.min(Math.max(chart.until ?? last, first), last));
  const floor = height - plot.bottom;
  const bandWidth = Math.max(end - begin, 0.8);
  const numbers = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect x="${round(begin)}" y="${plot.top}" width="${round(bandWidth)}" height="${round(floor - plot.top)}" fill="${colours.outage}"/>`,
    ...ticks.flatMap((tick) => [
      line({ x: plot.left, y: y(tick) }, { x: width - plot.right, y: y(tick) }, colours.grid),
      // The narrow space of French numbers is not in the chart's font.
      text({ x: plot.left - 4, y: y(tick) + 2.5, anchor: 'end' }, numbers.format(tick).replaceAll('\u202F', '\u00A0')),
    ]),
    ...timeTicks(first, last).flatMap((tick) => [
      line({ x: x(tick), y: floor }, { x: x(tick), y: floor + 3 }, colours.text),
      text({ x: x(tick), y: floor + 11, anchor: 'middle' }, hourText(new Date(tick * 1_000), language, zone)),
    ]),
    line({ x: begin, y: plot.top }, { x: begin, y: floor }, colours.edge, '3 2'),
    ...(chart.until === null ? [] : [line({ x: end, y: plot.top }, { x: end, y: floor }, colours.edge, '3 2')]),
    text(
      {
        x: Math.min(Math.max((begin + end) / 2, 70), width - 40),
        y: plot.top - 5,
        anchor: 'middle',
        colour: colours.edge,
      },
      words.outage,
    ),
    text({ x: 0, y: 8, anchor: 'start' }, chart.unit),
    ...paths(measured.map(({ time, value }) => ({ x: x(time), y: value === null ? null : y(value) }))).map(
      (path) => `<path d="${path}" fill="none" stroke="${colours.line}" stroke-width="1.1" stroke-linejoin="round"/>`,
    ),
    '</svg>',
  ].join('');
}
