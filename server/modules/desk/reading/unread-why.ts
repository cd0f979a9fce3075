import type { UnreadWhy } from '#contract/desk-words.ts';
import { mostReadBytes, readableKind } from './read-file.ts';

/** A file, and how far the reading of its words came. */
export interface ReadFile {
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
  readonly reading: string;
  readonly fault: string | null;
}

/** Formats of office programs before 2007 (Compound File Binary, [MS-CFB]). */
const oldEndings = /\.(?:doc|dot|xls|xlt|ppt|pps|pot)$/iu;
/** What an office program has closed with a password is such a container too ([MS-OFFCRYPTO] 1.3.3). */
const newEndings = /\.(?:docx|docm|dotx|xlsx|xlsm|pptx|pptm)$/iu;

/** Why the words inside a file are not found; null where they are, and where a file of its kind has none. */
export function unreadWhy({ name, type, sizeBytes, reading, fault }: ReadFile): UnreadWhy | null {
  if (type === 'application/x-ole-storage') {
    if (newEndings.test(name)) return 'password';
    return oldEndings.test(name) ? 'old_format' : null;
  }
  if (readableKind(type, name) === null) return null;
  if (sizeBytes > mostReadBytes) return 'too_large';
  if (reading === 'waiting') return 'waiting';
  if (reading !== 'failed') return null;
  return fault === 'password' || fault === 'too_heavy' ? fault : 'damaged';
}
