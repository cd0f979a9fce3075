import type { ImapFlow } from 'imapflow';
import { openImap, imapTrouble, type ImapAccess, type ImapTrouble } from './imap-access.ts';

/** How far a mailbox has been read; kept by the caller. */
export interface MailboxMark {
  /** Changes when the server numbers its messages anew (RFC 3501, 2.3.1.1); '' before the first time. */
  readonly uidValidity: string;
  readonly lastUid: number;
}

export const unreadMailbox: MailboxMark = { uidValidity: '', lastUid: 0 };

/** A message as the mailbox holds it. */
export interface FetchedMessage {
  readonly uid: number;
  readonly raw: Uint8Array;
  /** Larger than allowed: `raw` holds its beginning, to be set aside with it. */
  readonly isCut: boolean;
  readonly bytes: number;
}

export interface FetchParts {
  /**
   * Takes a message in for good and returns only then; may get the same message again after a crash or when the server
   * numbers anew, and must know it by its key. When it throws, the message is tried again next time.
   */
  readonly take: (message: FetchedMessage) => Promise<void>;
  /** Keeps the mark; called after each message that was taken. */
  readonly keep: (mark: MailboxMark) => Promise<void>;
  readonly mostMessageBytes: number;
}

export type FetchOutcome =
  | {
      readonly outcome: 'fetched';
      readonly taken: number;
      readonly mark: MailboxMark;
      /** The server numbered its messages anew, so all were offered again. */
      readonly wasRenumbered: boolean;
      /** Messages that were taken in and could not be moved away; they are not taken again. */
      readonly unmoved: number;
    }
  | { readonly outcome: 'failed'; readonly trouble: ImapTrouble; readonly said: string };

/** At one go, so that a mailbox of a million does not hold up the rest. */
const mostAtOnce = 200;
/** How much of a message that is too large is fetched. */
const beginningBytes = 256 * 1024;

/** Takes in what is new in a mailbox, at least once each, in order. Never rejects for what the server does. */
export async function fetchMailbox(
  access: ImapAccess,
  mark: MailboxMark,
  parts: FetchParts,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  let client: ImapFlow | null = null;
  const stop = (): void => client?.close();
  try {
    signal.throwIfAborted();
    client = await openImap(access, parts.mostMessageBytes);
    signal.addEventListener('abort', stop);
    return await fetchNew(client, access, mark, parts, signal);
  } catch (error) {
    if (error instanceof TakeFailed) throw error.cause;
    return { outcome: 'failed', ...imapTrouble(error) };
  } finally {
    signal.removeEventListener('abort', stop);
    client?.close();
  }
}

/** The caller's own failure, which is not the mailbox's. */
export class TakeFailed extends Error {}

/** The same on a connection that is open. Rejects when it breaks. */
export async function fetchNew(
  client: ImapFlow,
  access: ImapAccess,
  before: MailboxMark,
  parts: FetchParts,
  signal: AbortSignal,
): Promise<Extract<FetchOutcome, { outcome: 'fetched' }>> {
  const lock = await client.getMailboxLock(access.folder);
  try {
    const box = client.mailbox;
    const uidValidity = box === false ? '' : String(box.uidValidity);
    const wasRenumbered = before.uidValidity !== '' && before.uidValidity !== uidValidity;
    let mark: MailboxMark = before.uidValidity === uidValidity ? before : { uidValidity, lastUid: 0 };
    let taken = 0;
    let unmoved = 0;
    for (const uid of await newUids(client, mark)) {
      if (signal.aborted) break;
      const message = await fetchOne(client, uid, parts.mostMessageBytes);
      if (message !== null) {
        await parts.take(message).catch((cause: unknown) => {
          throw new TakeFailed('a message could not be taken in', { cause });
        });
        taken += 1;
      }
      mark = { uidValidity, lastUid: uid };
      await parts.keep(mark);
      if (message !== null && !(await putAway(client, uid, access.doneFolder))) unmoved += 1;
    }
    return { outcome: 'fetched', taken, mark, wasRenumbered, unmoved };
  } finally {
    lock.release();
  }
}

async function newUids(client: ImapFlow, mark: MailboxMark): Promise<number[]> {
  const found = await client.search({ uid: `${mark.lastUid + 1}:*` }, { uid: true });
  // "n:*" means the last message too when there is none after n (RFC 3501, 6.4.8).
  const uids = found === false || found === undefined ? [] : found.filter((uid) => uid > mark.lastUid);
  return uids.toSorted((a, b) => a - b).slice(0, mostAtOnce);
}

async function fetchOne(client: ImapFlow, uid: number, mostBytes: number): Promise<FetchedMessage | null> {
  const range = String(uid);
  const known = await client.fetchOne(range, { size: true }, { uid: true });
  // Somebody deleted it meanwhile.
  if (known === false) return null;
  const bytes = known.size ?? 0;
  const isCut = bytes > mostBytes;
  const got = await client.fetchOne(
    range,
    { source: { start: 0, maxLength: isCut ? beginningBytes : mostBytes } },
    { uid: true },
  );
  if (got === false || got.source === undefined) return null;
  return { uid, raw: got.source, isCut, bytes };
}

/** Moves a message that was taken in out of the way. When that fails it stays, and the mark keeps it from being taken again. */
async function putAway(client: ImapFlow, uid: number, folder: string | null): Promise<boolean> {
  try {
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    if (folder === null) return true;
    return (await client.messageMove(String(uid), folder, { uid: true })) !== false;
  } catch (error) {
    if (!client.usable) throw error;
    return false;
  }
}
