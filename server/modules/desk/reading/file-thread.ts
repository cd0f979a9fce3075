import { parentPort } from 'node:worker_threads';
import { ClosedFile } from './closed-file.ts';
import { readFileWords, type FileFault, type ReadableKind } from './read-file.ts';

/** What the thread is given, and what it says. */
export interface FileLetter {
  readonly bytes: Uint8Array;
  readonly kind: ReadableKind;
}
export type FileAnswer =
  | { readonly words: string }
  /** `said` is for the log: in whose words, nobody knows. */
  | { readonly fault: FileFault; readonly said: string };

const say = (answer: FileAnswer): void => parentPort?.postMessage(answer, []);

/** The thread in which one file is read; whoever began it bounds it. */
parentPort?.once('message', ({ bytes, kind }: FileLetter) => {
  readFileWords(bytes, kind).then(
    (words) => say({ words }),
    (error: unknown) =>
      say({
        fault: error instanceof ClosedFile ? 'password' : 'broken',
        said: error instanceof Error ? error.message.slice(0, 200) : 'unreadable',
      }),
  );
});
