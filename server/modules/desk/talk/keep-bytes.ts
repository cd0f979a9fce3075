import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Database } from '#platform/database.ts';
import { mostReadBytes, readableKind } from '../reading/read-file.ts';
import { fileKind } from './file-kind.ts';
import { fileStore } from './store-files.ts';
import { partBytes, readable, wordsBytes } from './take-file.ts';

/** SHA-256 of some bytes, by which each content is kept once. */
export function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Keeps bytes that are in memory as a file's content, in a transaction that is under way; its id, and its readable words. */
export async function keepBytes(
  db: Database<'desk'>,
  bytes: Uint8Array,
  { name, at, searched }: { readonly name: string; readonly at: Date; readonly searched: boolean },
): Promise<{ readonly blobId: string; readonly words: string; readonly runs: boolean }> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { type, runs } = fileKind(all.subarray(0, 4_096), name);
  const words = searched ? readable(all.subarray(0, wordsBytes), type) : '';
  const files = fileStore(db);
  const hash = hashOf(all);
  const known = await files.blobOf(hash);
  if (known !== null) return { blobId: known.id, words: words === '' && searched ? known.words : words, runs };
  const id = uuid();
  await files.openBlob(id, at);
  for (let ordinal = 0; ordinal * partBytes < all.length; ordinal += 1)
    await files.addPart(id, ordinal, all.subarray(ordinal * partBytes, (ordinal + 1) * partBytes));
  const readAt = searched && readableKind(type, name) !== null && all.length <= mostReadBytes ? at : null;
  const blobId = await files.closeBlob(id, { hash, sizeBytes: all.length, type, runs, words, readAt });
  return { blobId, words, runs };
}

/** A whole content, at most so many bytes of it. */
export async function bytesOf(db: Database<'desk'>, blobId: string, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for (let ordinal = 0; length < mostBytes; ordinal += 1) {
    const part = await fileStore(db).part(blobId, ordinal);
    if (part === null) break;
    parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts).subarray(0, mostBytes);
}
