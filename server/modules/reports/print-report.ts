import pdfmake from 'pdfmake';
import type { ResolutionReport } from '#contract/reports.ts';
import { layOutReport } from './lay-out-report.ts';
import { printFonts } from './printable-text.ts';
import type { Telling } from './telling.ts';

// The library's one instance: it may read the fonts and nothing else, and fetch nothing.
const fontFiles: ReadonlySet<string> = new Set(Object.values(printFonts).flatMap((font) => Object.values(font)));
pdfmake.setFonts(printFonts);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file) => fontFiles.has(file));

/** Prints a report as PDF; the same report makes the same bytes. */
export async function printReport(report: ResolutionReport, telling: Telling): Promise<Buffer> {
  return pdfmake.createPdf(layOutReport(report, telling)).getBuffer();
}
