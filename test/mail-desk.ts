import { v7 as uuid } from 'uuid';
import type { MailboxSettings } from '#contract/desk-mail-words.ts';
import { sendMessage } from '#mail/send-message.ts';
import type { House } from './house.ts';
import { startMailCatcher, type MailCatcher } from './mail-catcher.ts';
import { until } from './until.ts';

export const deskAddress = 'help@desk.test';

/** A running desk with a mailbox, its own mail server, and a world outside that takes what it sends. */
export interface MailDesk extends AsyncDisposable {
  readonly mailboxId: string;
  readonly port: number;
  readonly outside: MailCatcher;
  /** Hands a mail in, as the server of whoever wrote it would. */
  deliver(raw: string | Buffer, envelope?: { from?: string; to?: string }): Promise<void>;
  /** Waits until all mails that came were looked at. */
  settled(count: number): Promise<void>;
}

/** Looks until there is something, and gives it. */
export async function found<Found>(look: () => Promise<Found> | Found): Promise<NonNullable<Found>> {
  let last: Found | undefined;
  await until(async () => {
    last = await look();
    return last !== null && last !== undefined;
  });
  if (last === null || last === undefined) throw new Error('there was nothing');
  return last;
}

/** Sets mail up in a house. */
export async function startMailDesk(house: House, change: Partial<MailboxSettings> = {}): Promise<MailDesk> {
  const outside = await startMailCatcher();
  const { desk } = house.as.alice;
  const mailboxId = uuid();
  await desk.mailboxes.put({
    id: mailboxId,
    name: 'Support',
    address: deskAddress,
    language: 'en',
    outgoing: { host: '127.0.0.1', port: outside.port, security: 'none', password: '' },
    ...change,
  });
  await desk.mailListener.set({ active: true, protocol: 'smtp', host: '127.0.0.1', port: 0, name: 'desk.test' });
  const port = await found(async () => {
    const listener = await desk.mailListener.get({});
    const state = listener?.state;
    return state === undefined || state.at === null ? null : Number(state.said);
  });
  return {
    mailboxId,
    port,
    outside,
    async deliver(raw, { from = 'anna@customer.test', to = deskAddress } = {}) {
      const sent = await sendMessage(
        {
          host: '127.0.0.1',
          port,
          security: 'none',
          serverName: null,
          signIn: { by: 'nothing' },
          caPem: '',
        },
        { envelope: { from, to: [to] }, raw: Buffer.from(raw) },
        new AbortController().signal,
      );
      if (sent.end !== 'sent') throw new Error(sent.said);
    },
    settled: async (count) => {
      await until(async () => {
        const { items, total } = await desk.mails.list({ limit: 500 });
        return total >= count && items.every(({ state }) => state !== 'waiting');
      });
    },
    [Symbol.asyncDispose]: () => outside[Symbol.asyncDispose](),
  };
}

let made = 0;

/** A mail as a person's program writes it. */
export function mailOf(
  head: Readonly<Record<string, string>>,
  text = 'The printer on the third floor is broken.',
): string {
  made += 1;
  const all = {
    From: 'Anna Berg <anna@customer.test>',
    To: deskAddress,
    Subject: 'Printer',
    Date: 'Sun, 22 Nov 2026 10:00:00 +0000',
    'Message-ID': `<m${made}.${process.pid}@customer.test>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...head,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== '');
  return `${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n`;
}
