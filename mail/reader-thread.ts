import { parentPort } from 'node:worker_threads';
import type { ReadLimits, ReadOutcome } from './message.ts';
import { readMessage } from './read-message.ts';

/** The thread in which messages are read: one comes in, its outcome goes out. MessageReader bounds it. */
parentPort?.on('message', ({ raw, limits }: { readonly raw: Uint8Array; readonly limits: ReadLimits }) => {
  const outcome = readMessage(raw, limits);
  const buffers: ArrayBuffer[] = [];
  parentPort?.postMessage(outcome.outcome === 'read' ? withOwnBytes(outcome, buffers) : outcome, buffers);
});
parentPort?.postMessage('ready', []);

/** Files as bytes of their own: a view would drag the whole message along. */
function withOwnBytes(outcome: Extract<ReadOutcome, { outcome: 'read' }>, buffers: ArrayBuffer[]): ReadOutcome {
  const attachments = outcome.message.attachments.map((file) => {
    const bytes = new Uint8Array(file.bytes.byteLength);
    bytes.set(file.bytes);
    buffers.push(bytes.buffer);
    return { ...file, bytes };
  });
  return { outcome: 'read', message: { ...outcome.message, attachments } };
}
