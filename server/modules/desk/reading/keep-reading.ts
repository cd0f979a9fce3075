import type { Log } from '#platform/log.ts';
import { searchStore } from '../finding/store-search.ts';
import { bytesOf } from '../talk/keep-bytes.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { readFileApart } from './file-reader.ts';
import type { FileAnswer } from './file-thread.ts';
import { mostReadBytes, readableKind } from './read-file.ts';
import { readingStore, type WaitingFile } from './store-reading.ts';

/** Longer than reading one may take, with the start of its thread. */
const claimMs = 180_000;
const mostTries = 3;

/**
 * Reads the words of documents that wait, one after the other, until none does. It comes after the transaction in which a
 * file came: the ticket is found by its mail at once, and by the words of its documents some seconds later.
 */
export async function readWaiting(parts: DeskParts & { readonly log: Log }, signal: AbortSignal): Promise<void> {
  const { db, transact, clock, log } = parts;
  while (!signal.aborted && (await readingStore(db).isAny(clock.now()))) {
    const now = clock.now();
    const file = await transact((unit) => readingStore(unit.db).claim(now, new Date(now.getTime() + claimMs)));
    if (file === null) return;
    if (file.tries > mostTries) {
      // Whoever took it so often neither read it nor could say why: its bytes are gone, or it takes the process along.
      log.warn({ file: file.id }, 'a document is read no more: nobody came to an end with it');
      await transact((unit) => readingStore(unit.db).giveUp(file.id, 'too_heavy'));
      continue;
    }
    const words = await wordsIn(parts, file);
    if (typeof words !== 'string') {
      log.info({ file: file.id, fault: words.fault, said: words.said }, 'a document could not be read for its words');
      // A broken one stays broken; one that took too long may have met a busy machine.
      const isFinal = file.tries >= mostTries || words.fault !== 'too_heavy';
      if (isFinal) await transact((unit) => readingStore(unit.db).giveUp(file.id, words.fault));
      continue;
    }
    await transact(async (unit) => {
      const tickets = await readingStore(unit.db).finish(file.id, words);
      if (words !== '') for (const id of tickets) await searchStore(unit.db).append(id, words);
    });
  }
}

async function wordsIn({ db }: DeskParts, file: WaitingFile): Promise<string | Exclude<FileAnswer, { words: string }>> {
  const kind = readableKind(file.type, file.name);
  if (kind === null || file.sizeBytes > mostReadBytes) return '';
  const answer = await readFileApart({ bytes: await bytesOf(db, file.id, file.sizeBytes), kind });
  return 'words' in answer ? answer.words : answer;
}
