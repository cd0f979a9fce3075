import type { ReadMessage } from '../message.ts';
import { parseMessageIds } from '../read/message-ids.ts';
import type { BounceFacts, FailedRecipient } from './bounce-facts.ts';
import { textBounce } from './bounce-text.ts';

const mostRecipients = 100;

/** Reads the report that a message is; null when it is none. `isFromRobot` says that it comes from nobody, or from a mail server. */
export function readBounce(message: ReadMessage, isFromRobot: boolean): BounceFacts | null {
  const status = message.machineParts.find(({ type }) => type.endsWith('delivery-status'));
  const returned = returnedIds(message);
  if (status !== undefined) return { ...fromStatus(status.text), ...returned };
  const isReport =
    message.type.value === 'multipart/report' &&
    message.type.parameters.get('report-type')?.toLowerCase() === 'delivery-status';
  const failed = header(message, 'x-failed-recipients');
  if (!isFromRobot && !isReport && failed === undefined) return null;
  const said = textBounce(message.subject, message.text);
  if (said === null && failed === undefined && !isReport) return null;
  const named = (failed ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each.includes('@'));
  const recipients =
    named.length > 0
      ? named.map((address) => ({ address, status: said?.status ?? '', said: said?.said ?? '' }))
      : (said?.recipients ?? []);
  return { outcome: said?.outcome ?? 'failed', recipients: recipients.slice(0, mostRecipients), ...returned };
}

/** The blocks of a message/delivery-status: one on the mail, then one on each recipient. */
function fromStatus(text: string): Pick<BounceFacts, 'outcome' | 'recipients'> {
  const actions = new Set<string>();
  const recipients: FailedRecipient[] = [];
  for (const block of text
    .replaceAll('\r', '')
    .split(/\n\s*\n/u)
    .slice(0, mostRecipients + 1)) {
    const fields = new Map(
      block
        .replaceAll(/\n[ \t]+/gu, ' ')
        .split('\n')
        .map((line) => [
          line.slice(0, line.indexOf(':')).trim().toLowerCase(),
          line.slice(line.indexOf(':') + 1).trim(),
        ]),
    );
    const recipient = fields.get('original-recipient') ?? fields.get('final-recipient');
    if (recipient === undefined) continue;
    const action = (fields.get('action') ?? 'failed').toLowerCase();
    actions.add(action);
    if (action !== 'failed' && action !== 'delayed') continue;
    const address = (recipient.split(';').at(-1) ?? '').trim().replaceAll(/[<>]/gu, '').slice(0, 320);
    const said = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+;\s*/u, '').slice(0, 500);
    recipients.push({ address, status: /\d\.\d{1,3}\.\d{1,3}/u.exec(fields.get('status') ?? '')?.[0] ?? '', said });
  }
  const outcome =
    actions.has('failed') || actions.size === 0 ? 'failed' : actions.has('delayed') ? 'delayed' : 'delivered';
  return { outcome, recipients };
}

function returnedIds(message: ReadMessage): Pick<BounceFacts, 'returnedId' | 'returnedReferences'> {
  const headers = message.machineParts.find(({ type }) => type === 'text/rfc822-headers')?.text ?? '';
  const texts = [
    headers,
    ...message.attachments.filter(isReturnedMail).map(({ bytes }) => beginning(bytes)),
    message.text,
  ];
  let returnedId: string | null = message.attachments.find((each) => each.message !== null)?.message?.messageId ?? null;
  const references = new Set<string>();
  for (const text of texts) {
    const unfolded = text.replaceAll('\r', '').replaceAll(/\n[ \t]+/gu, ' ');
    for (const match of unfolded.matchAll(
      /^[>\s|]{0,5}(?<name>message-id|references|in-reply-to)\s?:(?<value>.{3,4000})$/gimu,
    )) {
      const ids = parseMessageIds(match.groups?.['value'] ?? '');
      if (match.groups?.['name']?.toLowerCase() === 'message-id') returnedId ??= ids[0] ?? null;
      for (const id of ids) references.add(id);
    }
  }
  if (returnedId !== null) references.add(returnedId);
  return { returnedId, returnedReferences: [...references].slice(0, 200) };
}

function isReturnedMail({ type }: { readonly type: string }): boolean {
  return type === 'message/rfc822' || type === 'message/rfc822-headers' || type === 'text/rfc822-headers';
}

function beginning(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 65_536)).toString('latin1');
}

function header(message: ReadMessage, name: string): string | undefined {
  return message.headers.find((field) => field.name === name)?.value;
}
