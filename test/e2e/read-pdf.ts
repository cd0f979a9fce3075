import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The text of a PDF file as a reader would copy it, one word flow. */
export async function readPdf(file: string): Promise<string> {
  const { stdout } = await run('pdftotext', ['-layout', '-enc', 'UTF-8', file, '-']);
  return stdout;
}

/** The same without line ends: a sentence may be broken anywhere, and columns pad with blanks. */
export function flowing(text: string): string {
  return text.replaceAll(/[ \n\f]+/gu, ' ');
}
