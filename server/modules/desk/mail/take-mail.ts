import { v7 as uuid } from 'uuid';
import type { MessageReader } from '#mail/message-reader.ts';
import { usualLimits } from '#mail/message.ts';
import { glance } from '#mail/glance.ts';
import { flightStep } from '#mail/flight-record.ts';
import { fileIn, sameAgain } from './file-mail.ts';
import { judgeMail, receivedStep } from './judge-mail.ts';
import { bytesOf, hashOf, keepBytes } from '../talk/keep-bytes.ts';
import { mailDuty, type MailParts } from './mail-parts.ts';
import { mailKeys } from './mail-vault.ts';
import { mailboxStore } from './store-mailboxes.ts';
import { mailInStore, mailFacts, type ArrivedMail, type JudgedMail, type MailInRow } from './store-mail-in.ts';

/** A mail as it came, from a mailbox or by the own mail server. */
export interface Arrival {
  readonly mailboxId: string | null;
  readonly via: ArrivedMail['via'];
  readonly envelopeFrom: string | null;
  readonly envelopeTo: readonly string[];
  readonly remote: string;
  readonly raw: Uint8Array;
  readonly cut: boolean;
  readonly sizeBytes: number;
}

/**
 * Keeps a mail with all its bytes before anything is made of it: from then on whoever sent it may forget it. The same
 * bytes in the same mailbox are the same mail, however often a server numbers anew.
 */
export async function keepArrival(
  { transact, clock }: Pick<MailParts, 'transact' | 'clock'>,
  arrival: Arrival,
): Promise<void> {
  const hash = hashOf(arrival.raw);
  await transact(async (unit) => {
    const store = mailInStore(unit.db);
    const { mailboxId, via } = arrival;
    if (via === 'imap' && mailboxId !== null && (await store.cameBefore(mailboxId, hash))) return;
    const at = clock.now();
    const { blobId } = await keepBytes(unit.db, arrival.raw, { name: 'mail.eml', at, searched: false });
    const { raw: _raw, ...rest } = arrival;
    await store.add({ ...rest, id: uuid(), rawId: blobId, at });
    await unit.wake(mailDuty.takeIn);
  });
}

const mostTries = 5;

async function setAside(
  { transact, clock }: MailParts,
  row: MailInRow,
  raw: Uint8Array,
  reason: string,
  detail: string,
): Promise<void> {
  const seen = glance(raw);
  const judged: JudgedMail = {
    key: null,
    messageId: seen.messageId,
    fromName: seen.from?.name ?? '',
    fromAddress: seen.from?.address ?? '',
    subject: seen.subject,
    kind: null,
    spoofed: false,
    standing: null,
    wordsPrint: '',
    facts: mailFacts.parse({}),
  };
  await transact(async (unit) => {
    await mailInStore(unit.db).finish(row.id, {
      judged,
      filed: { state: 'aside', outcome: null, reason, ticketId: null, writtenId: null },
      steps: [receivedStep(row), flightStep('read', 'quarantined', `${reason} ${detail}`.trim(), 'aside')],
      at: clock.now(),
    });
    await unit.live('desk.mail', row.id);
  });
}

/** Looks at one mail that waits, and files it. What fails again and again is set aside with its bytes, never dropped. */
export async function takeIn(parts: MailParts, reader: MessageReader, row: MailInRow): Promise<void> {
  const { db, transact, clock, log } = parts;
  const raw = await bytesOf(db, row.raw_id, usualLimits.mostBytes + 1);
  if (row.cut) return setAside(parts, row, raw, 'too_large', String(row.size_bytes));
  const read = await reader.read(raw);
  if (read.outcome === 'quarantined') return setAside(parts, row, raw, read.reason, read.detail);
  const keys = await mailKeys(parts);
  const mailbox = row.mailbox_id === null ? null : await mailboxStore(db).get(row.mailbox_id);
  const trusts = { authservId: mailbox?.authservId ?? null, ownReceived: mailbox?.ownReceived ?? 1 };
  const judgement = judgeMail(row, read.message, { keys, ...trusts });
  try {
    await transact(async (unit) => {
      const store = mailInStore(unit.db);
      const now = await store.hold(row.id);
      if (now === null || now.state !== 'waiting') return;
      const at = clock.now();
      const first = await store.sameAs(read.message.key, row.id);
      const filing =
        first === null
          ? await fileIn(unit, { row: now, mailbox, judgement, keys, at: now.received_at })
          : sameAgain(first, judgement.judged);
      await store.finish(row.id, { ...filing, steps: [...judgement.steps, ...filing.steps], at });
      await unit.live('desk.mail', row.id);
    });
  } catch (error) {
    if (row.tries < mostTries) throw error;
    log.error({ mail: row.id, error }, 'a mail could not be filed and is set aside');
    await setAside(parts, row, raw, 'failed', error instanceof Error ? error.message.slice(0, 200) : '');
  }
}
