import { imapFolder, type ImapResponse, type ImapSession } from '#probe/imap-session.ts';
import { MailFailure } from '#probe/mail-reasons.ts';

/** What is known of a folder. */
export interface FolderFacts {
  readonly messages: number;
  readonly unseen: number | undefined;
  /** How full the mailbox is, when the server says. */
  readonly quotaPercent: number | undefined;
}

/** A folder that does not open, with the server's words. */
export interface FolderRefusal {
  readonly refused: string;
}

/** Opens a folder to read only (nothing in it changes, not even what counts as recent) and counts. */
export async function readFolder(session: ImapSession, folder: string): Promise<FolderFacts | FolderRefusal> {
  const name = imapFolder(folder);
  const opened = await session.command(`EXAMINE ${name}`, 'EXAMINE');
  if (opened.status !== 'OK') return { refused: opened.said };
  const messages = numberIn(opened.untagged, /^(\d+) EXISTS$/iu);
  if (messages === undefined) throw new MailFailure({ code: 'notSpoken', data: { protocol: 'IMAP', said: 'EXAMINE' } });
  const counted = await session.command(`STATUS ${name} (UNSEEN)`, 'STATUS');
  const unseen = numberIn(counted.untagged, /\(.*\bUNSEEN (\d+)/iu);
  const quota = session.capabilities.has('QUOTA')
    ? await session.command(`GETQUOTAROOT ${name}`, 'GETQUOTAROOT')
    : undefined;
  return { messages, unseen, quotaPercent: quotaIn(quota?.untagged ?? []) };
}

function numberIn(responses: readonly ImapResponse[], shape: RegExp): number | undefined {
  for (const { text } of responses) {
    const found = shape.exec(text)?.[1];
    if (found !== undefined && found.length < 16) return Number(found);
  }
  return undefined;
}

/** The fullest resource of all quota roots (RFC 9208: `QUOTA "root" (STORAGE 10 512 MESSAGE 3 100)`). */
export function quotaIn(responses: readonly ImapResponse[]): number | undefined {
  const shares = responses
    .filter(({ text }) => /^QUOTA /iu.test(text))
    .flatMap(({ text }) => [...text.matchAll(/\b(?:STORAGE|MESSAGE) (\d{1,15}) (\d{1,15})\b/giu)])
    .map(([, used = '0', limit = '0']) => (Number(limit) > 0 ? (Number(used) / Number(limit)) * 100 : 0));
  return shares.length === 0 ? undefined : Math.max(...shares);
}
