import { imapFolder, type ImapAnswer, type ImapSession } from '#probe/imap-session.ts';
import { readHeader, tokenHeader, type FoundHeader } from './probe-message.ts';

/** One of our messages in the open folder. */
export interface FoundMessage extends FoundHeader {
  readonly uid: number;
}

// A check that never could clean up leaves one message a run; the rest is taken next time.
const mostAtOnce = 50;

/** Opens a folder for changes; returns the UID that the next message will have at least. */
export async function openFolder(session: ImapSession, folder: string): Promise<number> {
  const told = await session.must(`SELECT ${imapFolder(folder === '' ? 'INBOX' : folder)}`, 'SELECT');
  const next = told.map(({ text }) => /\[UIDNEXT (\d{1,10})\]/iu.exec(text)?.[1]).find((each) => each !== undefined);
  return next === undefined ? 1 : Number(next);
}

/**
 * Messages of an owner from a UID on, by the beginning of their token. The server searches by text; whether a message is
 * really ours is read off its header afterwards.
 */
export async function findMessages(
  session: ImapSession,
  owner: string,
  tokenStart: string,
  fromUid: number,
): Promise<FoundMessage[]> {
  const range = fromUid > 1 ? `UID ${fromUid}:* ` : '';
  const answer = await session.must(`UID SEARCH ${range}HEADER ${tokenHeader} "${tokenStart}"`, 'SEARCH');
  const found: FoundMessage[] = [];
  for (const uid of numbersIn(answer).slice(0, mostAtOnce)) {
    const told = await session.must(`UID FETCH ${uid} (BODY.PEEK[HEADER.FIELDS (${tokenHeader} RECEIVED)])`, 'FETCH');
    const header = told.find(({ text }) => /^\d+ FETCH /iu.test(text) && text.includes(`UID ${uid}`))?.literals[0];
    const read = header === undefined ? undefined : readHeader(header, owner);
    if (read?.token.startsWith(tokenStart) === true) found.push({ uid, ...read });
  }
  return found;
}

/** Deletes exactly these; returns the server's words when it does not let us. */
export async function deleteMessages(
  session: ImapSession,
  messages: readonly FoundMessage[],
): Promise<string | undefined> {
  if (messages.length === 0) return undefined;
  const uids = messages.map(({ uid }) => uid).join(',');
  const marked = await session.command(`UID STORE ${uids} +FLAGS.SILENT (\\Deleted)`, 'STORE');
  if (marked.status !== 'OK') return marked.said;
  const expunged = await expunge(session, messages, uids);
  return expunged.status === 'OK' ? undefined : expunged.said;
}

/** A plain EXPUNGE also takes what somebody else has marked: it is said only when nothing of others is marked. */
async function expunge(
  session: ImapSession,
  messages: readonly FoundMessage[],
  uids: string,
): Promise<Pick<ImapAnswer, 'status' | 'said'>> {
  if (session.capabilities.has('UIDPLUS')) return session.command(`UID EXPUNGE ${uids}`, 'EXPUNGE');
  const marked = numbersIn(await session.must('UID SEARCH DELETED', 'SEARCH'));
  const own = new Set(messages.map(({ uid }) => uid));
  return marked.every((uid) => own.has(uid))
    ? session.command('EXPUNGE', 'EXPUNGE')
    : { status: 'NO', said: 'no UIDPLUS, and other messages are marked as deleted' };
}

function numbersIn(told: readonly { readonly text: string }[]): number[] {
  return told
    .filter(({ text }) => /^SEARCH\b/iu.test(text))
    .flatMap(({ text }) => text.split(' ').slice(1))
    .filter((each) => /^\d{1,10}$/u.test(each))
    .map(Number);
}
