import type { AvailabilityReport } from '#contract/availability-report.ts';
import type { ResolutionReport } from '#contract/reports.ts';
import { layOutPeriod } from './lay-out-availability.ts';
import { layOutReport } from './lay-out-report.ts';
import { printFonts } from './printable-text.ts';
import type { Telling } from './telling.ts';

const fontFiles: ReadonlySet<string> = new Set(Object.values(printFonts).flatMap((font) => Object.values(font)));

/** The library's one instance: it may read the fonts and nothing else, and fetch nothing. Read with the first report: it is large. */
async function openPrinter() {
  const { default: pdfmake } = await import('pdfmake');
  pdfmake.setFonts(printFonts);
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((file) => fontFiles.has(file));
  return pdfmake;
}

/** Prints a report as PDF; the same report makes the same bytes. */
export async function printReport(report: ResolutionReport, telling: Telling): Promise<Buffer> {
  const pdfmake = await openPrinter();
  return pdfmake.createPdf(layOutReport(report, telling)).getBuffer();
}

/** Prints the report of a period as PDF. */
export async function printPeriod(report: AvailabilityReport, telling: Telling): Promise<Buffer> {
  const pdfmake = await openPrinter();
  return pdfmake.createPdf(layOutPeriod(report, telling)).getBuffer();
}
