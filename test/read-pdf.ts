import { spawnSync } from 'node:child_process';

/** A text with one plain space wherever it has white space: a sentence may be broken anywhere, and columns pad with blanks. */
export function flowing(text: string): string {
  return text.replaceAll(/[\s\u200B]+/gu, ' ');
}

/** The text of a PDF as a reader would copy it, in one flow. */
export function readPdf(bytes: ArrayBuffer | Uint8Array): string {
  const input = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const ran = spawnSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], { input, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`pdftotext: ${ran.stderr}`);
  return flowing(ran.stdout);
}
