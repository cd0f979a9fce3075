import type { MailWay } from '#contract/desk-mail-words.ts';
import type { Language } from '#contract/words.ts';
import { tryServer } from '#mail/send-message.ts';
import { incomingAccess, outgoingAccess } from './mail-access.ts';
import type { MailParts } from './mail-parts.ts';
import { tellWay, troubleOf } from './mail-trouble.ts';
import { mailboxStore, type MailboxRecord, type WayRecord } from './store-mailboxes.ts';

type Found = Omit<WayRecord, 'at'>;

async function tryIncoming(parts: MailParts, mailbox: MailboxRecord, signal: AbortSignal): Promise<Found> {
  const opened = await incomingAccess(parts, mailbox, signal);
  if (opened.outcome === 'trouble') return opened;
  const { imapTrouble, openImap } = await import('#mail/transport/imap-access.ts');
  let client: Awaited<ReturnType<typeof openImap>> | null = null;
  try {
    client = await openImap(opened.access, 1_000_000);
    const { access } = opened;
    for (const folder of [access.folder, ...(access.doneFolder === null ? [] : [access.doneFolder])])
      await client.status(folder, { messages: true });
    return { trouble: '', said: '' };
  } catch (error) {
    const { trouble, said } = imapTrouble(error);
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    return { trouble: trouble === 'unreachable' ? troubleOf(said, code) : trouble, said };
  } finally {
    client?.close();
  }
}

async function tryOutgoing(parts: MailParts, mailbox: MailboxRecord, signal: AbortSignal): Promise<Found> {
  const opened = await outgoingAccess(parts, mailbox, signal);
  if (opened.outcome === 'trouble') return opened;
  const fault = await tryServer(opened.access);
  return fault === null ? { trouble: '', said: '' } : { trouble: troubleOf(fault.said, fault.code), said: fault.said };
}

/** Opens a mailbox and its outgoing server as they are set up, and says what is wrong. Nothing is read or sent. */
export async function testMailbox(
  parts: MailParts,
  mailbox: MailboxRecord,
  { language, signal }: { readonly language: Language; readonly signal: AbortSignal },
): Promise<{ incoming: MailWay; outgoing: MailWay }> {
  const [incoming, outgoing] = await Promise.all([
    tryIncoming(parts, mailbox, signal),
    tryOutgoing(parts, mailbox, signal),
  ]);
  const at = parts.clock.now();
  await parts.transact(async (unit) => {
    const store = mailboxStore(unit.db);
    if (incoming.trouble !== 'not_set') await store.noteWay(mailbox.id, 'in', { ...incoming, at });
    if (outgoing.trouble !== 'not_set') await store.noteWay(mailbox.id, 'out', { ...outgoing, at });
    await unit.live('desk.mailbox', mailbox.id);
  });
  const tell = (found: Found): MailWay => tellWay({ trouble: found.trouble, said: found.said, at }, language);
  return { incoming: tell(incoming), outgoing: tell(outgoing) };
}
