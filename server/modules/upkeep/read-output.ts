import { Refusal } from '#platform/refusal.ts';
import type { Database } from '#platform/database.ts';
import { outputReader, type OutputPiece } from './store-run.ts';

const pageBytes = 64 * 1024;
/** A character of UTF-8 has at most four bytes, so at most three can be waiting for the rest. */
const longestTail = 3;

/** A page of a step's output as text. */
export interface OutputPage {
  readonly from: number;
  readonly text: string;
  /** Where to go on. */
  readonly next: number;
  /** Nothing will come after `next`. */
  readonly ended: boolean;
  readonly truncated: boolean;
}

/** Reads a step's output from a byte on. */
export async function readOutput(
  db: Database<'upkeep'>,
  asked: { id: string; stepId: string; from: number },
): Promise<OutputPage> {
  const reader = outputReader(db);
  const step = await reader.step(asked.id, asked.stepId);
  if (step === null) throw new Refusal('not_found');
  const bytes = joined(await reader.from(step.id, asked.from, pageBytes), asked.from).subarray(0, pageBytes);
  const over = step.endedAt !== null;
  const last = over && asked.from + bytes.length >= step.outputBytes;
  const whole = last ? bytes : bytes.subarray(0, bytes.length - unfinished(bytes));
  const next = asked.from + whole.length;
  return {
    from: asked.from,
    text: new TextDecoder().decode(whole),
    next,
    ended: over && next >= step.outputBytes,
    truncated: step.outputTruncated,
  };
}

/** Pieces put together, beginning at a byte. */
function joined(pieces: readonly OutputPiece[], from: number): Buffer {
  return Buffer.concat(pieces.map(({ atByte, data }) => data.subarray(Math.max(0, from - atByte))));
}

/** How many bytes at the end belong to a character that is not complete yet. */
export function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(longestTail, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}
