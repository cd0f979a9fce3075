import { parentPort } from 'node:worker_threads';
import { readFileWords, type ReadableKind } from './read-file.ts';

/** What the thread is given, and what it says. */
export interface FileLetter {
  readonly bytes: Uint8Array;
  readonly kind: ReadableKind;
}
export type FileAnswer = { readonly words: string } | { readonly fault: string };

const say = (answer: FileAnswer): void => parentPort?.postMessage(answer, []);

/** The thread in which one file is read; whoever began it bounds it. */
parentPort?.once('message', ({ bytes, kind }: FileLetter) => {
  readFileWords(bytes, kind).then(
    (words) => say({ words }),
    (error: unknown) => say({ fault: error instanceof Error ? error.message.slice(0, 200) : 'unreadable' }),
  );
});
