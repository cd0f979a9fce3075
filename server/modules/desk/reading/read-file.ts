import { officeWords } from './office-words.ts';
import { pdfWords } from './pdf-words.ts';
import { WordSink } from './word-sink.ts';

/** Larger documents are kept and not looked through. */
export const mostReadBytes = 50 * 1024 * 1024;

/** How a file is read for its words. */
export type ReadableKind = 'pdf' | 'office';

const endings = /\.(?:docx|docm|dotx|xlsx|xlsm|pptx|pptm|odt|ods|odp)$/iu;

/** Whether a file's words can be read, by what it is and, where that says little, its name. */
export function readableKind(type: string, name: string): ReadableKind | null {
  if (type === 'application/pdf') return 'pdf';
  if (/^application\/vnd\.(?:openxmlformats-officedocument|oasis\.opendocument)\./u.test(type)) return 'office';
  return type === 'application/zip' && endings.test(name) ? 'office' : null;
}

/** Of all that is in a file; the search looks no further either. */
const mostLetters = 200_000;

/** Why a file could not be read: closed with a password, more work than the bounds allow, or not what it says it is. */
export type FileFault = 'password' | 'too_heavy' | 'broken';

/** The words of a file. Rejects for one that is broken or closed with a password (a `ClosedFile`). */
export async function readFileWords(bytes: Uint8Array, kind: ReadableKind): Promise<string> {
  const sink = new WordSink(mostLetters);
  if (kind === 'pdf') await pdfWords(bytes, sink);
  else await officeWords(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), sink);
  return sink.words;
}
