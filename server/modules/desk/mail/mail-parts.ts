import type { Log } from '#platform/log.ts';
import type { Vault } from '#platform/vault.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import type { ReadingRoom } from './reading-room.ts';
import type { TokenBook } from './token-book.ts';

/** What the desk's mail works with beside what all of the desk does. */
export interface MailParts extends DeskParts {
  readonly vault: Vault;
  readonly log: Log;
  readonly tokens: TokenBook;
  readonly room: ReadingRoom;
  readonly onWake: (duty: string, listener: () => void, signal: AbortSignal) => void;
  /** Where people reach this house: links in mails begin with it. */
  readonly publicUrl: string;
  /** Nothing leaves the demonstration, and nothing comes in. */
  readonly demonstration: boolean;
  /** Where tokens are given, when it is not the provider's own place: for tests. */
  readonly tokenUrl?: string;
}

/** The duties that are woken by what others write. */
export const mailDuty = { takeIn: 'take mail in', send: 'send mail', watch: 'watch mailboxes' } as const;
