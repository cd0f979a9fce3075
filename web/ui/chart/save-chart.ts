import { seriesColours, type ChartData } from './chart-data.ts';

/** What stands around the drawing in the picture. */
interface PictureParts {
  title: string;
  period: string;
  data: ChartData;
  fileName: string;
}

const edge = 16;
const lineHeight = 20;

function resolve(variable: string): string {
  const name = /var\((?<name>[^)]+)\)/u.exec(variable)?.groups?.['name'] ?? variable;
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The legend broken into rows that fit. */
function legendRows(
  pen: CanvasRenderingContext2D,
  data: ChartData,
  width: number,
): { at: number; row: number; place: number }[] {
  const places: { at: number; row: number; place: number }[] = [];
  let at = 0;
  let row = 0;
  for (const [place, { label }] of data.series.entries()) {
    const wide = pen.measureText(label).width + 34;
    if (at > 0 && at + wide > width) {
      at = 0;
      row += 1;
    }
    places.push({ at, row, place });
    at += wide;
  }
  return places;
}

/** The chart as a picture for a report: title, period, legend and the drawing as it stands, in the theme in force. */
export async function saveChart(
  drawing: HTMLCanvasElement,
  { title, period, data, fileName }: PictureParts,
): Promise<void> {
  const ratio = devicePixelRatio;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const width = drawing.width / ratio;
  const font = '12px "Inter Variable", system-ui, sans-serif';
  pen.font = font;
  const legend = legendRows(pen, data, width);
  const rows = (legend.at(-1)?.row ?? 0) + 1;
  const top = edge + 2 * lineHeight + rows * lineHeight + 6;
  canvas.width = (width + 2 * edge) * ratio;
  canvas.height = (top + drawing.height / ratio + edge) * ratio;
  pen.scale(ratio, ratio);
  pen.fillStyle = resolve('--v-page');
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = resolve('--v-ink');
  pen.font = `600 14px "Inter Variable", system-ui, sans-serif`;
  pen.fillText(title, edge, edge + 12);
  pen.font = font;
  pen.fillStyle = resolve('--v-ink-quiet');
  pen.fillText(period, edge, edge + 12 + lineHeight);
  for (const { at, row, place } of legend) {
    const y = edge + 12 + (2 + row) * lineHeight;
    pen.fillStyle = resolve(seriesColours[place % seriesColours.length] ?? '');
    pen.fillRect(edge + at, y - 5, 12, 3);
    pen.fillStyle = resolve('--v-ink-soft');
    pen.fillText(data.series[place]?.label ?? '', edge + at + 18, y);
  }
  pen.drawImage(drawing, edge, top, width, drawing.height / ratio);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
