import type { FoldedReply } from './fold-reply.ts';
import type { MailLink } from './html/link-target.ts';
import type { MailAddress } from './read/addresses.ts';
import type { CalendarFacts } from './read/calendar.ts';
import type { HeaderField } from './read/headers.ts';

/** How much of a message is read. Sizes in bytes. */
export interface ReadLimits {
  /** A larger message is not read at all. */
  readonly mostBytes: number;
  readonly mostParts: number;
  /** Multiparts inside each other. */
  readonly deepest: number;
  readonly mostHeaderBytes: number;
  /** Of plain text after decoding, and of HTML, which takes longer to read; the rest is kept in the raw message only. */
  readonly mostTextBytes: number;
  readonly mostHtmlBytes: number;
  readonly mostAttachments: number;
}

/** What is read when nobody says otherwise: more than any mail server lets through. */
export const usualLimits: ReadLimits = {
  mostBytes: 50 * 1024 * 1024,
  mostParts: 1_000,
  deepest: 100,
  mostHeaderBytes: 2 * 1024 * 1024,
  mostTextBytes: 1024 * 1024,
  mostHtmlBytes: 384 * 1024,
  mostAttachments: 200,
};

/** Something about a message that its reader should know. */
export type MessageNote =
  | {
      readonly note: 'charset_repaired';
      readonly was: string;
      readonly read: string;
      readonly why: 'wrong_label' | 'no_label' | 'mojibake';
    }
  | { readonly note: 'too_deep' | 'too_many_parts' | 'too_many_attachments' | 'text_cut' | 'html_not_shown' }
  | {
      readonly note:
        | 'no_message_id'
        | 'several_message_ids'
        | 'no_date'
        | 'several_from'
        | 'winmail_opened'
        | 'parts_differ';
    };

export interface MailAttachment {
  /** Without folders, controls or tricks; '' when the sender gave none. */
  readonly name: string;
  /** As the sender says, lower case. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** SHA-256, hexadecimal: the same logo in a hundred mails is one. */
  readonly hash: string;
  /** Without brackets; '' when none. */
  readonly contentId: string;
  /** Shown within the text rather than below it. */
  readonly isInline: boolean;
  /** Runs when opened, by its name or its type. */
  readonly isProgram: boolean;
  /** The message that it is, when it is one: what a forwarding "as attachment" brings. */
  readonly message: AttachedMessage | null;
}

export interface AttachedMessage {
  readonly subject: string;
  readonly from: readonly MailAddress[];
  readonly messageId: string | null;
}

/** A part of a report (RFC 3462) or a calendar: small, and read by machines. */
export interface MachinePart {
  readonly type: string;
  readonly text: string;
}

/** A message that was read. Everything in it is the sender's word. */
export interface ReadMessage {
  /** SHA-256 of what makes a message itself, and not one of its journeys: the same at each poll and in each mailbox. */
  readonly key: string;
  /** With brackets; made of `key` when the message has none. */
  readonly messageId: string;
  readonly subject: string;
  readonly from: readonly MailAddress[];
  readonly sender: MailAddress | null;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly date: Date | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** All headers of the message, in order, unfolded and cut to a bound. */
  readonly headers: readonly HeaderField[];
  /** The type of the whole, with its parameters. */
  readonly type: { readonly value: string; readonly parameters: ReadonlyMap<string, string> };
  /** What there is to read, as plain text, and of which part it was made. */
  readonly text: string;
  readonly textFrom: 'html' | 'plain' | 'nothing';
  readonly folded: FoldedReply;
  /** Safe to show (see SafeHtml); null when the message has none or it could not be shown. */
  readonly html: string | null;
  readonly links: readonly MailLink[];
  readonly remoteImages: number;
  readonly attachments: readonly MailAttachment[];
  readonly calendar: CalendarFacts | null;
  readonly machineParts: readonly MachinePart[];
  readonly notes: readonly MessageNote[];
}

/** Why a message was set aside with its bytes, for a person to look at. */
export type QuarantineReason =
  | 'too_large'
  | 'too_slow'
  | 'too_much_memory'
  | 'headers_too_long'
  | 'no_headers'
  | 'unreadable';

export type ReadOutcome =
  | { readonly outcome: 'read'; readonly message: ReadMessage }
  | { readonly outcome: 'quarantined'; readonly reason: QuarantineReason; readonly detail: string };
