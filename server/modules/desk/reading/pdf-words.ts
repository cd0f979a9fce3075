import { ClosedFile } from './closed-file.ts';
import type { WordSink } from './word-sink.ts';

/** More pages are not read: who looks for a word in page 400 of a manual has the manual. */
const mostPages = 300;

/** The words of a PDF, page by page until there are enough; its pictures, fonts and programs are not looked at. */
export async function pdfWords(bytes: Uint8Array, sink: WordSink): Promise<void> {
  const { getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(bytes), {
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: 0,
  }).catch((error: unknown) => {
    // The name is all that the library promises of it.
    throw error instanceof Error && error.name === 'PasswordException' ? new ClosedFile(error.message) : error;
  });
  for (let number = 1; number <= Math.min(document.numPages, mostPages) && !sink.isFull; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items) {
      if (!('str' in item)) continue;
      sink.add(item.str);
      if (item.hasEOL) sink.add('\n');
    }
    sink.add('\n');
    page.cleanup();
  }
}
