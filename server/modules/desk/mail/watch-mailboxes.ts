import { v4 as uuid } from 'uuid';
import { usualLimits } from '#mail/message.ts';
import type { FetchOutcome } from '#mail/transport/fetch-mailbox.ts';
import type { Receiver } from '#mail/transport/start-receiver.ts';
import type { ImapAccess } from '#mail/transport/imap-access.ts';
import { incomingAccess } from './mail-access.ts';
import { mailDuty, type MailParts } from './mail-parts.ts';
import { troubleOf } from './mail-trouble.ts';
import { mailUse } from './mail-vault.ts';
import { mailboxStore, type MailboxRecord, type WayRecord } from './store-mailboxes.ts';
import { mailPeopleStore } from './store-mail-people.ts';
import { mailSettingStore, type ListenerRecord } from './store-mail-settings.ts';
import { keepArrival } from './take-mail.ts';

const lookEveryMs = 5_000;
/** Where there is nothing to watch: whoever sets something up wakes us. */
const restMs = 60_000;
/** So long another process leaves a mailbox alone whose watcher was not heard of. */
const leaseMs = 15_000;

/** A mailbox cannot be opened, for a reason of ours. */
class Closed extends Error {
  readonly way: Omit<WayRecord, 'at'>;

  constructor(way: Omit<WayRecord, 'at'>) {
    super(`${way.trouble} ${way.said}`);
    this.way = way;
  }
}

async function note({ transact, clock }: MailParts, id: string, way: Omit<WayRecord, 'at'>): Promise<void> {
  await transact(async (unit) => {
    if (await mailboxStore(unit.db).noteWay(id, 'in', { ...way, at: clock.now() })) await unit.live('desk.mailbox', id);
  });
}

function wayOf(outcome: FetchOutcome): Omit<WayRecord, 'at'> {
  if (outcome.outcome === 'fetched') return { trouble: '', said: '' };
  const { trouble, said } = outcome;
  return { trouble: trouble === 'unreachable' ? troubleOf(said) : trouble, said };
}

/** Watches one mailbox until the signal aborts. */
async function watchOne(parts: MailParts, mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
  const { db, transact, log } = parts;
  const { watchMailbox } = await import('#mail/transport/watch-mailbox.ts');
  const { id, incoming } = mailbox;
  const told = (work: Promise<void>): void =>
    void work.catch((error: unknown) => log.error({ mailbox: id, error }, 'the state of a mailbox could not be noted'));
  await watchMailbox(
    {
      access: async (): Promise<ImapAccess> => {
        const now = (await mailboxStore(db).get(id)) ?? mailbox;
        const opened = await incomingAccess(parts, now, signal);
        if (opened.outcome === 'open') return opened.access;
        throw new Closed({ trouble: opened.trouble, said: opened.said });
      },
      mark: () => mailboxStore(db).mark(id),
      keep: (mark) => transact((unit) => mailboxStore(unit.db).keepMark(id, mark)),
      take: ({ raw, isCut, bytes }) =>
        keepArrival(parts, {
          mailboxId: id,
          via: 'imap',
          envelopeFrom: null,
          envelopeTo: [],
          remote: incoming?.host ?? '',
          raw,
          cut: isCut,
          sizeBytes: bytes,
        }),
      mostMessageBytes: usualLimits.mostBytes,
      pollEveryMs: (incoming?.pollMinutes ?? 5) * 60_000,
      onFetch: (outcome) => told(note(parts, id, wayOf(outcome))),
      onError: (error) => {
        if (error instanceof Closed) told(note(parts, id, error.way));
        else log.error({ mailbox: id, error }, 'a mail could not be taken in; it is tried again');
      },
    },
    signal,
  );
}

interface Watching {
  readonly revision: number;
  readonly stop: AbortController;
  readonly end: Promise<void>;
}

/** The mailboxes that this process watches, kept as they are set up. */
class Watchers {
  readonly #me = uuid();
  readonly #parts: MailParts;
  readonly #watching = new Map<string, Watching>();

  constructor(parts: MailParts) {
    this.#parts = parts;
  }

  /** Whether there is any. */
  async look(): Promise<boolean> {
    const { db, clock, transact } = this.#parts;
    const all = (await mailboxStore(db).all()).filter(({ active, incoming }) => active && incoming !== null);
    if (all.length === 0 && this.#watching.size === 0) return false;
    const now = clock.now();
    const mine = await transact((unit) =>
      mailboxStore(unit.db).lease(
        all.map(({ id }) => id),
        this.#me,
        now,
        new Date(now.getTime() + leaseMs),
      ),
    );
    const wanted = new Map(all.filter(({ id }) => mine.includes(id)).map((each) => [each.id, each]));
    for (const [id, { revision, stop }] of this.#watching)
      if (wanted.get(id)?.revision !== revision) {
        stop.abort();
        this.#watching.delete(id);
      }
    for (const mailbox of wanted.values()) if (!this.#watching.has(mailbox.id)) this.#start(mailbox);
    return true;
  }

  #start(mailbox: MailboxRecord): void {
    const { log } = this.#parts;
    const stop = new AbortController();
    const end = watchOne(this.#parts, mailbox, stop.signal).catch((error: unknown) =>
      log.error({ mailbox: mailbox.id, error }, 'a mailbox is not watched any more'),
    );
    this.#watching.set(mailbox.id, { revision: mailbox.revision, stop, end });
  }

  async end(): Promise<void> {
    for (const { stop } of this.#watching.values()) stop.abort();
    await Promise.all([...this.#watching.values()].map(({ end }) => end));
    if (this.#watching.size > 0)
      await this.#parts.transact((unit) => mailboxStore(unit.db).release(this.#me)).catch(() => undefined);
  }
}

const mostClients = 50;
/** Of one address, which may be the house’s own gateway: more than the desk files in a minute. */
const mailsPerMinute = 3_000;

/** The desk's own mail server, kept as it is set up. */
class OwnServer {
  readonly #parts: MailParts;
  #running: { readonly words: string; readonly receiver: Receiver } | null = null;
  #failed = '';

  constructor(parts: MailParts) {
    this.#parts = parts;
  }

  async look(): Promise<void> {
    const { db } = this.#parts;
    const listener = await mailSettingStore(db).listener();
    const words = listener === null || !listener.active ? '' : wordsOf(listener);
    if (words === (this.#running?.words ?? '')) return;
    await this.end();
    if (listener === null || words === '') return;
    try {
      this.#running = { words, receiver: await this.#start(listener) };
      this.#failed = '';
      await this.#note({ trouble: '', said: String(this.#running.receiver.port) });
    } catch (error) {
      const said = error instanceof Error ? error.message.slice(0, 300) : '';
      if (this.#failed === said) return;
      this.#failed = said;
      await this.#note({ trouble: /EADDRINUSE/u.test(said) ? 'port_taken' : 'unreachable', said });
    }
  }

  async #start(listener: ListenerRecord): Promise<Receiver> {
    const { startReceiver } = await import('#mail/transport/start-receiver.ts');
    const { db, vault, clock, log } = this.#parts;
    const { protocol, host, port, name, certificate, keySealed } = listener;
    const people = mailPeopleStore(db);
    const mailboxOf = async (addresses: readonly string[]): Promise<string | null> => {
      for (const address of addresses) {
        const found = await people.mailboxOf(address);
        if (found !== null) return found;
      }
      return null;
    };
    return startReceiver({
      protocol,
      host,
      port,
      name,
      certificate:
        certificate === '' || keySealed === null
          ? null
          : { cert: certificate, key: vault.unseal(keySealed, mailUse.listener) },
      mostBytes: usualLimits.mostBytes,
      mostClients,
      mailsPerMinuteOfAddress: protocol === 'lmtp' ? mailsPerMinute * 10 : mailsPerMinute,
      knowsRecipient: async (address) => (await people.mailboxOf(address)) !== null,
      take: async ({ from, to, raw, remoteAddress }) =>
        keepArrival(this.#parts, {
          mailboxId: await mailboxOf(to),
          via: protocol,
          envelopeFrom: from,
          envelopeTo: to,
          remote: remoteAddress,
          raw,
          cut: false,
          sizeBytes: raw.length,
        }),
      onError: (error) => log.warn({ error: String(error) }, 'the own mail server could not take a mail'),
      now: () => clock.now(),
    });
  }

  async #note(way: Omit<WayRecord, 'at'>): Promise<void> {
    const { transact, clock } = this.#parts;
    await transact(async (unit) => {
      await mailSettingStore(unit.db).noteListener({ ...way, at: clock.now() });
      await unit.live('desk.mailbox', null);
    });
  }

  async end(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.receiver[Symbol.asyncDispose]();
  }
}

function wordsOf({ state: _state, keySealed, ...rest }: ListenerRecord): string {
  return JSON.stringify([rest, keySealed?.toString('base64') ?? '']);
}

/** Watches the mailboxes and listens for mail until the signal aborts, as both are set up at each moment. */
export async function watchMailboxes(parts: MailParts, signal: AbortSignal): Promise<void> {
  const watchers = new Watchers(parts);
  const server = new OwnServer(parts);
  let woken = Promise.withResolvers<void>();
  parts.onWake(mailDuty.watch, () => woken.resolve(), signal);
  signal.addEventListener('abort', () => woken.resolve(), { once: true });
  try {
    while (!signal.aborted) {
      woken = Promise.withResolvers();
      await server.look();
      const isAny = await watchers.look();
      const timer = setTimeout(() => woken.resolve(), isAny ? lookEveryMs : restMs);
      if (!signal.aborted) await woken.promise;
      clearTimeout(timer);
    }
  } finally {
    await server.end();
    await watchers.end();
  }
}
