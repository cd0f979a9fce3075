import { createHash } from 'node:crypto';
import { foldReply, kindsOfLines } from './fold-reply.ts';
import type { LineHint } from './fold/line.ts';
import { htmlLines } from './html/html-lines.ts';
import { htmlTokens } from './html/html-tokens.ts';
import { renderHtml, type SafeHtml } from './html/render-html.ts';
import { stripTags } from './html/strip-tags.ts';
import { usualLimits, type MessageNote, type ReadLimits, type ReadMessage, type ReadOutcome } from './message.ts';
import { parseAddresses, type MailAddress } from './read/addresses.ts';
import { finishAttachments } from './read/attachments.ts';
import { readBodies, type Bodies } from './read/bodies.ts';
import { readCalendar } from './read/calendar.ts';
import { clean } from './read/charset.ts';
import { decodeWords } from './read/header-text.ts';
import type { HeaderField } from './read/headers.ts';
import { parseMessageDate } from './read/message-date.ts';
import { parseMessageIds } from './read/message-ids.ts';
import { mimeParts, type MimePart } from './read/mime-parts.ts';
import { openWinmail } from './tnef/open-winmail.ts';

/** Headers kept with a message: enough to show why a rule held. */
const mostHeaders = 500;
const longestHeader = 4_000;
const longestSubject = 500;

/**
 * Reads a message as it came (RFC 5322, MIME), however broken. Never throws; what cannot be read is set aside with a
 * reason. Bounded in size by `limits`; for bounds of time and memory too, see `MessageReader`.
 */
export function readMessage(raw: Uint8Array, limits: ReadLimits = usualLimits): ReadOutcome {
  if (raw.length > limits.mostBytes) return { outcome: 'quarantined', reason: 'too_large', detail: String(raw.length) };
  try {
    return readBytes(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), limits);
  } catch (error) {
    // Whatever a message does to us is the message's matter: it is kept and shown to a person.
    return {
      outcome: 'quarantined',
      reason: 'unreadable',
      detail: error instanceof Error ? error.message.slice(0, 300) : '',
    };
  }
}

function readBytes(bytes: Buffer, limits: ReadLimits): ReadOutcome {
  const { parts, isTooDeep, hasTooMany } = mimeParts(bytes, limits);
  const root = parts[0];
  if (root === undefined || (root.headers.length === 0 && bytes.toString('latin1').trim() === ''))
    return { outcome: 'quarantined', reason: 'no_headers', detail: '' };
  if (root.bodyStart >= limits.mostHeaderBytes)
    return { outcome: 'quarantined', reason: 'headers_too_long', detail: String(root.bodyStart) };
  const bodies = openWinmail(readBodies(bytes, parts, limits), limits.mostAttachments);
  const shown = showBodies(bodies);
  const notes: MessageNote[] = [
    ...(isTooDeep ? [{ note: 'too_deep' as const }] : []),
    ...(hasTooMany ? [{ note: 'too_many_parts' as const }] : []),
    ...bodies.notes,
    ...shown.notes,
  ];
  return { outcome: 'read', message: compose(root, bodies, shown, notes) };
}

interface Shown {
  readonly text: string;
  readonly textFrom: 'html' | 'plain' | 'nothing';
  readonly hints: readonly (LineHint | null)[];
  readonly html: SafeHtml | null;
  readonly notes: readonly MessageNote[];
}

const mostTokens = 100_000;

function showBodies(bodies: Bodies): Shown {
  const plain = bodies.plain.trim() === '' ? '' : bodies.plain;
  if (bodies.html === '') return ofPlain(plain, []);
  const cut = htmlTokens(bodies.html, mostTokens);
  if (cut === null) return ofPlain(plain === '' ? stripTags(bodies.html) : plain, [{ note: 'html_not_shown' }]);
  const { tokens } = cut;
  const lines = htmlLines(tokens);
  const kinds = kindsOfLines(lines.text, lines.hints);
  const ids = new Set(bodies.attachments.flatMap(({ contentId, name }) => [contentId, name]).filter((id) => id !== ''));
  const html = renderHtml(
    tokens,
    (at) => {
      const token = tokens[at];
      const line = lines.lineOf.get(at);
      return line === undefined || token?.type !== 'text' || token.text.trim() === '' ? null : (kinds[line] ?? null);
    },
    (id) => ids.has(id),
  );
  const notes: MessageNote[] = cut.isCut ? [{ note: 'text_cut' }] : [];
  if (plain !== '' && differ(plain, lines.text)) notes.push({ note: 'parts_differ' });
  if (lines.text.trim() === '' && plain !== '') return { ...ofPlain(plain, notes), html };
  const textFrom = lines.text.trim() === '' ? 'nothing' : 'html';
  return { text: lines.text, textFrom, hints: lines.hints, html, notes };
}

function ofPlain(text: string, notes: readonly MessageNote[]): Shown {
  return { text, textFrom: text.trim() === '' ? 'nothing' : 'plain', hints: [], html: null, notes };
}

const enoughWords = 300;

function words(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? []).slice(0, enoughWords);
}

/** Whether two renderings of one message say different things: most words of the one are missing in the other. */
function differ(one: string, other: string): boolean {
  const here = words(one);
  const there = new Set(other.toLowerCase().match(/[\p{L}\d]{4,}/gu));
  return here.length >= 5 && here.filter((word) => there.has(word)).length * 2 < here.length;
}

function compose(root: MimePart, bodies: Bodies, shown: Shown, notes: readonly MessageNote[]): ReadMessage {
  const values = (name: string): string[] =>
    root.headers.filter((field) => field.name === name).map(({ value }) => value);
  const people = (name: string): MailAddress[] => values(name).flatMap(parseAddresses);
  const ids = [...new Set(values('message-id').flatMap(parseMessageIds))];
  const dates = values('date');
  const from = people('from');
  const date = dates.map(parseMessageDate).find((each) => each !== null) ?? null;
  const subject = clean(decodeWords(values('subject')[0] ?? ''))
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, longestSubject);
  const key = createHash('sha256')
    .update(JSON.stringify([ids[0] ?? '', values('from'), dates, subject, shown.text, bodies.attachments.length]))
    .digest('hex');
  const attachments = finishAttachments(bodies.attachments, shown.html?.images ?? new Map());
  const calendar = bodies.machineParts.map(({ text }) => readCalendar(text)).find((each) => each !== null) ?? null;
  return {
    key,
    messageId: ids[0] ?? `<${key.slice(0, 40)}@no-message-id.invalid>`,
    subject,
    from,
    sender: people('sender')[0] ?? null,
    replyTo: people('reply-to'),
    to: people('to'),
    cc: people('cc'),
    date,
    inReplyTo: values('in-reply-to').flatMap(parseMessageIds),
    references: [
      ...new Set([...values('references').flatMap(parseMessageIds), ...values('in-reply-to').flatMap(parseMessageIds)]),
    ],
    headers: root.headers.slice(0, mostHeaders).map(shorten),
    type: root.type,
    text: shown.text,
    textFrom: shown.textFrom,
    folded: foldReply(shown.text, shown.hints),
    html: shown.html?.html ?? null,
    links: shown.html?.links ?? [],
    remoteImages: shown.html?.remoteImages ?? 0,
    attachments,
    calendar,
    machineParts: bodies.machineParts,
    notes: [
      ...notes,
      ...(ids.length === 0 ? [{ note: 'no_message_id' as const }] : []),
      ...(ids.length > 1 ? [{ note: 'several_message_ids' as const }] : []),
      ...(date === null ? [{ note: 'no_date' as const }] : []),
      ...(from.length > 1 || values('from').length > 1 ? [{ note: 'several_from' as const }] : []),
    ],
  };
}

function shorten({ name, value }: HeaderField): HeaderField {
  return { name, value: clean(value).slice(0, longestHeader) };
}
