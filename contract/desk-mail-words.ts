import { z } from 'zod';
import { priority, tags, ticketKind } from './desk.ts';
import { mailAddress } from './people.ts';
import { id, language, line, secretMark, text, time } from './words.ts';

/** Words of the desk's mail: mailboxes, the own mail server, rules, and what became of each mail. */

const host = line(253);
const port = z.number().int().min(1).max(65_535);
/** '' sets none; the mark keeps the one there is. */
const secret = text(4_000).default(secretMark);
/** By a password, or by a token that a person agreed to (OAuth 2.0). */
const signIn = z.enum(['password', 'oauth']);

export const incomingMail = z.object({
  host,
  port: port.default(993),
  security: z.enum(['starttls', 'tls']).default('tls'),
  user: line(254),
  signIn: signIn.default('password'),
  password: secret,
  folder: line(200).default('INBOX'),
  /** Where mails go once they are taken in; left out, they stay and are marked as read. */
  doneFolder: text(200).default(''),
  pollMinutes: z.number().int().min(1).max(60).default(5),
  caPem: text(20_000).default(''),
});

export const outgoingMail = z.object({
  host,
  port: port.default(587),
  security: z.enum(['none', 'starttls', 'tls']).default('starttls'),
  /** Left out, one sends without signing in. */
  user: text(254).default(''),
  signIn: signIn.default('password'),
  password: secret,
  caPem: text(20_000).default(''),
});

export const mailOauth = z.object({
  provider: z.enum(['microsoft', 'google']),
  /** Microsoft only: the directory's id, or "common". */
  tenant: text(100).default('common'),
  clientId: line(300),
  clientSecret: secret,
  refreshToken: secret,
});

/** What a mailbox is set up with. Secrets are told to nobody: the mark stands for each that is set. */
export const mailboxSettings = z.object({
  name: line(120),
  address: mailAddress,
  active: z.boolean().default(true),
  isDefault: z.boolean().default(false),
  language: language.default('fr'),
  ticketKind: z.enum(['incident', 'request']).default('request'),
  teamId: id.nullable().default(null),
  categoryId: id.nullable().default(null),
  confirms: z.boolean().default(true),
  /** A later answer to a ticket that is over opens a new one, linked to it; 0: always. */
  reopenDays: z.number().int().min(0).max(3_650).default(14),
  /** So many hours after its ticket is resolved a requester is asked, once, whether they are satisfied; null: never. */
  satisfactionHours: z.number().int().min(0).max(720).nullable().default(null),
  authservId: text(253).default(''),
  /** How many Received lines of one’s own servers may stand above that verdict. */
  ownReceived: z.number().int().min(1).max(5).default(1),
  incoming: incomingMail.nullable().default(null),
  outgoing: outgoingMail.nullable().default(null),
  oauth: mailOauth.nullable().default(null),
});
export type MailboxSettings = z.infer<typeof mailboxSettings>;

/** What is wrong with one way of a mailbox; '' is nothing. */
export const mailTrouble = z.enum([
  '',
  'not_set',
  'name_unknown',
  'address_forbidden',
  'connection_refused',
  'timed_out',
  'certificate',
  'tls',
  'sign_in_refused',
  'folder_missing',
  'consent_missing',
  'consent_withdrawn',
  'sender_refused',
  'unreachable',
  'port_taken',
]);
export type MailTrouble = z.infer<typeof mailTrouble>;

/** How a way of a mailbox was when it was last used. */
export const mailWay = z.object({
  trouble: mailTrouble,
  /** The same in a sentence, in the reader's language. */
  sentence: z.string(),
  /** What the other side said. */
  said: z.string(),
  at: time.nullable(),
});
export type MailWay = z.infer<typeof mailWay>;

export const mailbox = mailboxSettings.extend({
  id,
  /** Whether a person has agreed to the access by OAuth. */
  hasConsent: z.boolean(),
  incomingState: mailWay,
  outgoingState: mailWay,
});
export type Mailbox = z.infer<typeof mailbox>;

export const mailListener = z.object({
  active: z.boolean(),
  protocol: z.enum(['smtp', 'lmtp']).default('lmtp'),
  /** A numeric address of this machine. */
  host: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  port: z.number().int().min(0).max(65_535).default(2_524),
  /** The name it goes by. */
  name: line(253).default('vigie'),
  certificate: text(100_000).default(''),
  key: text(100_000).default(secretMark),
});
export const mailListenerShown = mailListener.extend({ state: mailWay });

export const mailKind = z.enum([
  'person',
  'auto_reply',
  'list',
  'bounce',
  'delay_notice',
  'read_receipt',
  'dmarc_report',
  'calendar_answer',
  'own',
]);

/** What a mail has to be for a rule to hold; what is left out asks nothing. Words are looked for without case and accents. */
export const mailConditions = z.object({
  mailboxIds: z.array(id).max(50).default([]),
  /** Any of these in the sender's name or address. */
  from: z.array(line(200)).max(50).default([]),
  to: z.array(line(200)).max(50).default([]),
  subject: z.array(line(200)).max(50).default([]),
  words: z.array(line(200)).max(50).default([]),
  kinds: z.array(mailKind).max(9).default([]),
});

export const mailEffects = z.object({
  /** `keep`: it opens no ticket and stays among the mails. */
  becomes: z.enum(['ticket', 'keep']).default('ticket'),
  kind: ticketKind.extract(['incident', 'request']).optional(),
  teamId: id.optional(),
  categoryId: id.optional(),
  priority: priority.optional(),
  tags: tags.default([]),
  /** Sends no confirmation, whatever the mailbox does. */
  silent: z.boolean().default(false),
});

export const mailRule = z.object({
  id,
  name: line(120),
  active: z.boolean().default(true),
  when: mailConditions,
  effects: mailEffects,
});
export type MailRule = z.infer<typeof mailRule>;

/** What rules make of a mail, as a comparison shows it. */
export const mailVerdict = z.object({
  becomes: z.enum(['ticket', 'keep']),
  kind: z.string(),
  team: z.string().nullable(),
  category: z.string().nullable(),
  priority: priority.nullable(),
  tags: z.array(z.string()),
  confirms: z.boolean(),
  /** The rules that held. */
  rules: z.array(z.string()),
});
export type MailVerdict = z.infer<typeof mailVerdict>;

export const mailOutcome = z.enum(['ticket', 'reply', 'note', 'bounce', 'kept', 'again']);
const ticketNamed = z.object({ id, number: z.number().int(), title: z.string() });

/** A mail that came in, as a list shows it. */
export const mailRow = z.object({
  id,
  at: time,
  from: z.string(),
  subject: z.string(),
  mailbox: z.string().nullable(),
  kind: mailKind.nullable(),
  state: z.enum(['waiting', 'done', 'aside']),
  outcome: mailOutcome.nullable(),
  /** Why it was set aside, in a sentence. */
  reason: z.string(),
  spoofed: z.boolean(),
  ticket: ticketNamed.nullable(),
});
export type MailRow = z.infer<typeof mailRow>;

/** One line of a flight record, told in the reader's language. `evidence` is from outside. */
export const flightLine = z.object({
  step: z.enum(['receive', 'read', 'classify', 'authenticate', 'thread', 'file', 'answer', 'send']),
  rule: z.string(),
  sentence: z.string(),
  evidence: z.string(),
});
export type FlightLine = z.infer<typeof flightLine>;

export const mailRecord = mailRow.extend({
  via: z.enum(['imap', 'smtp', 'lmtp']),
  envelopeFrom: z.string().nullable(),
  envelopeTo: z.array(z.string()),
  remote: z.string(),
  messageId: z.string().nullable(),
  sizeBytes: z.number().int(),
  /** Too large to be taken whole: there is its beginning only. */
  cut: z.boolean(),
  /** It came so many times more. */
  again: z.number().int(),
  flight: z.array(flightLine),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
});

/** A mail read anew from its own bytes. Everything in it is its sender's word. */
export const mailReading = z.object({
  text: z.string(),
  /** Of which part of the mail the text was made. */
  textFrom: z.enum(['html', 'plain', 'nothing']),
  /** Only elements and attributes of a closed list: nothing in it runs, loads or styles. Null when it has none. */
  html: z.string().nullable(),
  /** Images that lie on somebody's server and were not loaded. */
  remoteImages: z.number().int(),
  /** Passages of the HTML that are folded away. */
  folded: z.boolean(),
  links: z.array(
    z.object({
      text: z.string(),
      target: z.string(),
      host: z.string(),
      /** Its text names another host than the one to which it leads. */
      deceptive: z.boolean(),
    }),
  ),
  attachments: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      sizeBytes: z.number().int(),
      contentId: z.string(),
      /** It runs when opened. */
      runs: z.boolean(),
    }),
  ),
});
export type MailReading = z.infer<typeof mailReading>;

export const mailDelivery = z.object({
  id,
  kind: z.enum(['answer', 'confirmation', 'satisfaction']),
  messageId: id.nullable(),
  to: z.array(z.string()),
  state: z.enum(['waiting', 'sent', 'failed', 'bounced', 'held']),
  tries: z.number().int(),
  at: time,
  sentAt: time.nullable(),
  nextAt: time.nullable(),
  /** What the other side said last. */
  said: z.string(),
  flight: z.array(flightLine),
});
export type MailDelivery = z.infer<typeof mailDelivery>;

/** What a ticket's page has to know of one message that came by mail. */
export const mailOfMessage = z.object({
  mailId: id,
  messageId: id,
  kind: mailKind.nullable(),
  from: z.string(),
  spoofed: z.boolean(),
  /** False when its writer does not take part in the ticket, or may be forged. */
  trusted: z.boolean(),
  /** Whether it was written with HTML; true too for mails that came before this was noted. */
  formatted: z.boolean(),
  /** Who first wrote what was passed on. */
  forwardedFrom: z.object({ name: z.string(), address: z.string() }).nullable(),
  calendar: z
    .object({ summary: z.string(), start: z.string(), end: z.string(), location: z.string(), method: z.string() })
    .nullable(),
});
export type MailOfMessage = z.infer<typeof mailOfMessage>;

export const ticketMail = z.object({ messages: z.array(mailOfMessage), deliveries: z.array(mailDelivery) });
export type TicketMail = z.infer<typeof ticketMail>;
