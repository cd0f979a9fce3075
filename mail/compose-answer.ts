import type { Language } from '#contract/words.ts';
import * as en from '#texts/en/mail.ts';
import * as fr from '#texts/fr/mail.ts';
import { composeMail } from './compose-mail.ts';
import { escapeHtml } from './html/escape-html.ts';
import type { MailAddress } from './read/addresses.ts';
import { messageIdFor, plusAddress, type MailKeys } from './thread/mail-token.ts';

/** An answer of the desk, before it is a mail. */
export interface AnswerDraft {
  /** The ticket's id, a UUID, and what people call it: "#1234". */
  readonly ticket: string;
  readonly reference: string;
  /** What makes it this mail and no other: the same draft made into a mail again after a crash gets the same Message-ID. */
  readonly deliveryId: string;
  readonly subject: string;
  /** The reader's. */
  readonly language: Language;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** Plain text, as people type it. */
  readonly body: string;
  /** Links below the words, one click each. */
  readonly choices?: readonly { readonly label: string; readonly address: string }[];
  /** Earlier messages of the conversation that the reader may see, newest first; what fits is quoted below. */
  readonly history: readonly EarlierMessage[];
  /** The message that is answered, so that the reader's program joins them; null when the desk writes first. */
  readonly answers: { readonly messageId: string; readonly references: readonly string[] } | null;
  /** Written by a program: marked, so that none answers (RFC 3834). */
  readonly isAutomatic: boolean;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
  readonly at: Date;
}

export interface EarlierMessage {
  readonly name: string;
  readonly at: Date;
  readonly text: string;
}

/** A mail, ready to be handed over as often as it takes: always the same bytes, so that a signature added on the way holds. */
export interface ComposedMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly messageId: string;
  readonly raw: Uint8Array;
}

export type ComposeOutcome =
  | { readonly outcome: 'composed'; readonly mail: ComposedMail }
  | { readonly outcome: 'too_large'; readonly bytes: number; readonly mostBytes: number };

/** What every mail server takes: 25 MB as sent is some 18 MB of files. */
const mostBytes = 25_000_000;
const mostHistory = 10;
const mostHistorySigns = 30_000;
const longestEarlier = 8_000;
const mostReferences = 20;

/** Makes the mail of an answer. `mailbox` is the desk's address, whose server keeps "+" addresses; `keys` sign its ids. */
export async function composeAnswer(draft: AnswerDraft, mailbox: string, keys: MailKeys): Promise<ComposeOutcome> {
  const domain = mailbox.split('@').at(-1) ?? '';
  const messageId = messageIdFor(draft.ticket, draft.deliveryId, domain, keys);
  const texts = draft.language === 'fr' ? fr.answers : en.answers;
  const earlier = fitting(draft.history);
  const replyTo = plusAddress(mailbox, draft.ticket, 'address', keys) ?? mailbox;
  const to = [...draft.to, ...draft.cc].map(({ address }) => address);
  const raw = await composeMail({
    from: draft.from,
    to: [...draft.to],
    cc: [...draft.cc],
    replyTo: { name: draft.from.name, address: replyTo },
    subject: subjectOf(draft),
    date: draft.at,
    messageId,
    ...(draft.answers === null ? {} : { inReplyTo: draft.answers.messageId, references: referencesOf(draft.answers) }),
    text: asText(draft, earlier, texts),
    html: asHtml(draft, earlier, texts),
    headers: {
      'Content-Language': draft.language,
      ...(draft.isAutomatic ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {}),
    },
    attachments: draft.attachments.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
    })),
  });
  if (raw.length > mostBytes) return { outcome: 'too_large', bytes: raw.length, mostBytes };
  // Bounces come back to an address that names the ticket; those of automatic mails too, for nobody answers a bounce.
  const bounce = plusAddress(mailbox, draft.ticket, 'bounce', keys) ?? mailbox;
  return { outcome: 'composed', mail: { envelope: { from: bounce, to }, messageId, raw } };
}

function subjectOf({ subject, reference, answers }: AnswerDraft): string {
  const bare = subject.replaceAll(/^(?:\s*(?:re|r[ée]f?|aw|sv|fwd?|tr)\s?:\s*)+/giu, '').trim();
  const tag = `[${reference}]`;
  const tagged = bare.includes(tag) ? bare : `${bare} ${tag}`.trim();
  return answers === null ? tagged : `Re: ${tagged}`;
}

/** The first and the last ones: a chain of hundreds makes headers that servers refuse. */
function referencesOf({
  messageId,
  references,
}: {
  readonly messageId: string;
  readonly references: readonly string[];
}): string[] {
  const chain = [...references.filter((id) => id !== messageId), messageId];
  return chain.length <= mostReferences ? chain : [...chain.slice(0, 1), ...chain.slice(1 - mostReferences)];
}

function fitting(history: readonly EarlierMessage[]): EarlierMessage[] {
  const shown: EarlierMessage[] = [];
  let signs = 0;
  for (const message of history.slice(0, mostHistory)) {
    const text = message.text.length > longestEarlier ? `${message.text.slice(0, longestEarlier)}…` : message.text;
    signs += text.length;
    if (signs > mostHistorySigns) break;
    shown.push({ ...message, text });
  }
  return shown;
}

type AnswerTexts = typeof en.answers;

function moment(at: Date, language: Language): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  return (
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at) + ' UTC'
  );
}

function asText(draft: AnswerDraft, earlier: readonly EarlierMessage[], texts: AnswerTexts): string {
  const quotes = earlier.map((message) => {
    const quoted = message.text
      .trimEnd()
      .split('\n')
      .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`));
    return `${texts.wrote({ name: message.name, at: moment(message.at, draft.language) })}\n${quoted.join('\n')}`;
  });
  const choices = (draft.choices ?? []).map(({ label, address }) => `${label}\n${address}`);
  return [draft.body.trimEnd(), ...choices, texts.reference(draft.reference), ...quotes].join('\n\n');
}

function lines(text: string): string {
  return escapeHtml(text.trimEnd()).replaceAll('\n', '<br>\n');
}

function asHtml(draft: AnswerDraft, earlier: readonly EarlierMessage[], texts: AnswerTexts): string {
  const quotes = earlier.map(
    (message) =>
      `<div class="moz-cite-prefix">${escapeHtml(texts.wrote({ name: message.name, at: moment(message.at, draft.language) }))}</div>\n<blockquote type="cite">${lines(message.text)}</blockquote>`,
  );
  const choices = (draft.choices ?? [])
    .map(({ label, address }) => `<p><a href="${escapeHtml(address)}">${escapeHtml(label)}</a></p>\n`)
    .join('');
  return `<!doctype html>\n<html lang="${draft.language}"><body>\n<div>${lines(draft.body)}</div>\n${choices}<p style="color:#666">${escapeHtml(texts.reference(draft.reference))}</p>\n${quotes.join('\n')}\n</body></html>`;
}
