import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { v7 as uuid } from 'uuid';
import type { Attachment } from '#contract/desk-words.ts';
import { Refusal } from '#platform/refusal.ts';
import { mostReadBytes, readableKind } from '../reading/read-file.ts';
import { fileKind } from './file-kind.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { fileStore } from './store-files.ts';

/** The largest file that is taken. */
export const largestFileBytes = 150 * 1024 * 1024;
/** A file lies in pieces of this size, so that neither end ever holds a whole one in memory. */
export const partBytes = 512 * 1024;
/** So much of a readable file is looked through by the search. */
export const wordsBytes = 200_000;

/** Cuts what comes in into pieces of one size. */
async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    waiting.push(bytes);
    size += bytes.length;
    while (size >= partBytes) {
      const all = Buffer.concat(waiting);
      yield all.subarray(0, partBytes);
      waiting = [all.subarray(partBytes)];
      size -= partBytes;
    }
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** The words of a file that can be read, for the search. */
export function readable(head: Buffer, type: string): string {
  if (!(type.startsWith('text/') || type === 'application/xml')) return '';
  const text = new TextDecoder('utf-8', { fatal: false }).decode(head);
  const plain = type === 'text/html' ? text.replaceAll(/<[^>]{0,2000}>/gu, ' ') : text;
  return plain.replaceAll('\u0000', '').toWellFormed();
}

/** Takes the content of an announced file, piece by piece; content that is here already is kept once. */
export async function takeFile(
  { db, transact, clock }: DeskParts,
  { attachmentId, personId, stream }: { attachmentId: string; personId: string; stream: Readable },
): Promise<Attachment> {
  const announced = await fileStore(db).announced(attachmentId);
  if (announced === null || announced.addedById !== personId) throw new Refusal('not_found');
  if (!announced.empty) throw new Refusal('not_in_this_state');
  const blobId = uuid();
  await transact((unit) => fileStore(unit.db).openBlob(blobId, clock.now()));
  try {
    const hash = createHash('sha256');
    let head = Buffer.alloc(0);
    let ordinal = 0;
    let sizeBytes = 0;
    for await (const piece of piecesOf(stream)) {
      sizeBytes += piece.length;
      if (sizeBytes > largestFileBytes) throw new Refusal('too_large', { limit: '150 MiB' });
      if (head.length < wordsBytes) head = Buffer.concat([head, piece.subarray(0, wordsBytes - head.length)]);
      hash.update(piece);
      await fileStore(db).addPart(blobId, ordinal, piece);
      ordinal += 1;
    }
    const { type, runs } = fileKind(head.subarray(0, 4_096), announced.name);
    const readAt = readableKind(type, announced.name) !== null && sizeBytes <= mostReadBytes ? clock.now() : null;
    const what = { hash: hash.digest(), sizeBytes, type, runs, words: readable(head, type), readAt };
    await transact(async (unit) => {
      const files = fileStore(unit.db);
      await files.fill(attachmentId, await files.closeBlob(blobId, what));
    });
  } catch (error) {
    await fileStore(db).dropBlob(blobId);
    throw error;
  }
  const [file] = await fileStore(db).some([attachmentId]);
  return file ?? Promise.reject(new Refusal('not_found'));
}

/** A file's content, piece by piece. */
export async function* contentOf({ db }: Pick<DeskParts, 'db'>, blobId: string): AsyncGenerator<Buffer> {
  for (let ordinal = 0; ; ordinal++) {
    const bytes = await fileStore(db).part(blobId, ordinal);
    if (bytes === null) return;
    yield bytes;
  }
}
