import type { MailFacts, JudgedMail, MailInRow } from './store-mail-in.ts';
import { authenticationOf, type Authentication } from '#mail/authentication-results.ts';
import { classifyMessage, type Classification } from '#mail/classify-message.ts';
import { flightStep, type FlightRule, type FlightStep } from '#mail/flight-record.ts';
import { forwardedFrom } from '#mail/forwarded-from.ts';
import type { MessageNote, ReadMessage } from '#mail/message.ts';
import { wordsFingerprint } from '#mail/send-budget.ts';
import type { MailKeys } from '#mail/thread/mail-token.ts';

/** A mail that was read, and what it was found to be. */
export interface Judgement {
  readonly message: ReadMessage;
  readonly class: Classification;
  readonly authentication: Authentication;
  readonly steps: readonly FlightStep[];
  /** What its row tells; where it belongs comes later. */
  readonly judged: Omit<JudgedMail, 'standing'>;
}

const longestWords = 4_000;
const mostKeptHeaders = 80;
const longestKeptHeader = 600;

const noteRules: Readonly<Partial<Record<MessageNote['note'], FlightRule>>> = {
  charset_repaired: 'note_charset',
  text_cut: 'note_cut',
  html_not_shown: 'note_cut',
  too_deep: 'note_structure',
  too_many_parts: 'note_structure',
  too_many_attachments: 'note_structure',
  no_message_id: 'note_structure',
  several_message_ids: 'note_structure',
  several_from: 'note_structure',
  no_date: 'note_structure',
  parts_differ: 'note_parts_differ',
  winmail_opened: 'note_winmail',
};

function noteSteps({ notes }: ReadMessage): FlightStep[] {
  return notes.flatMap((note) => {
    const rule = noteRules[note.note];
    const evidence = note.note === 'charset_repaired' ? `${note.was} → ${note.read}` : note.note;
    return rule === undefined ? [] : [flightStep('read', rule, evidence, note.note)];
  });
}

function contentSteps(message: ReadMessage, forwarded: MailFacts['forwardedFrom']): FlightStep[] {
  const { folded, attachments, calendar } = message;
  const hidden = folded.passages.filter(({ kind }) => kind !== 'visible').length;
  const program = attachments.find(({ isProgram }) => isProgram);
  return [
    ...(folded.isWhole
      ? [flightStep('read', 'shown_whole', '', 'shown')]
      : hidden > 0
        ? [flightStep('read', 'folded', String(hidden), 'folded')]
        : []),
    ...(forwarded === null
      ? []
      : [flightStep('read', 'forwarded', `${forwarded.name} <${forwarded.address}>`, 'offered')]),
    ...(program === undefined ? [] : [flightStep('read', 'program_attached', program.name, 'marked')]),
    ...(calendar === null || calendar.method !== 'REQUEST'
      ? []
      : [flightStep('read', 'calendar_invite', calendar.summary, 'shown')]),
  ];
}

/** The step of a flight record with which each begins. */
export function receivedStep(row: Pick<MailInRow, 'via' | 'remote' | 'envelope_from' | 'envelope_to'>): FlightStep {
  const way = `${row.envelope_from ?? ''} → ${row.envelope_to.join(', ')} ${row.remote}`.trim();
  return row.via === 'imap'
    ? flightStep('receive', 'received_imap', '', 'received')
    : flightStep('receive', 'received_smtp', way, 'received');
}

/** Says what a mail is. Our own receiver writes a line above those of the servers before it. */
export function judgeMail(
  row: MailInRow,
  message: ReadMessage,
  { keys, authservId, ownReceived }: { keys: MailKeys; authservId: string | null; ownReceived: number },
): Judgement {
  const classified = classifyMessage(message, { from: row.envelope_from, to: row.envelope_to }, keys);
  const authentication = authenticationOf(message, authservId, ownReceived + (row.via === 'imap' ? 0 : 1));
  const passedOn = classified.kind === 'person' ? forwardedFrom(message) : null;
  const writer = message.from[0] ?? null;
  // Somebody who passes on a mail of their own is no other.
  const forwarded = passedOn !== null && passedOn.address === writer?.address ? null : passedOn;
  const { calendar } = message;
  const facts: MailFacts = {
    to: [...message.to, ...message.cc].map(({ address }) => address).slice(0, 100),
    words: message.folded.visible.slice(0, longestWords).toWellFormed(),
    forwardedFrom: forwarded,
    calendar:
      calendar === null
        ? null
        : {
            summary: calendar.summary.slice(0, 300),
            start: calendar.start.slice(0, 40),
            end: calendar.end.slice(0, 40),
            location: calendar.location.slice(0, 300),
            method: calendar.method.slice(0, 40),
          },
    references: message.references.slice(0, 50),
    headers: message.headers
      .slice(0, mostKeptHeaders)
      .map(({ name, value }) => ({ name, value: value.slice(0, longestKeptHeader).toWellFormed() })),
    begins: false,
    formatted: message.html !== null,
  };
  const steps = [
    receivedStep(row),
    flightStep('read', 'message_read', `${message.textFrom}, ${message.attachments.length}`, 'read'),
    ...noteSteps(message),
    ...contentSteps(message, forwarded),
    ...classified.steps,
    ...authentication.steps,
  ];
  return {
    message,
    class: classified,
    authentication,
    steps,
    judged: {
      key: message.key,
      messageId: message.messageId,
      fromName: (writer?.name ?? '').slice(0, 300).toWellFormed(),
      fromAddress: (writer?.address ?? '').slice(0, 320),
      subject: message.subject,
      kind: classified.kind,
      spoofed: authentication.isSpoofed,
      wordsPrint: wordsFingerprint(`${message.subject} ${message.folded.visible}`),
      facts,
    },
  };
}
