import { createHash, randomBytes } from 'node:crypto';
import type { CheckTarget } from '#probe/check-kind.ts';
import type { MailRoundTripSettings } from './settings.ts';

/** The header by which a check knows its own messages again. */
export const tokenHeader = 'X-Vigie-Round-Trip';

/** One message on its way. */
export interface ProbeMessage {
  /** The same for all runs of one check, so that it cleans up after itself and after nobody else. */
  readonly owner: string;
  /** Owner, moment of sending and chance. */
  readonly token: string;
  readonly text: string;
}

const body = `This message was sent by Vigie to measure how long mail takes. It is deleted as soon as it is found.
Ce message a été envoyé par Vigie pour mesurer le temps que met le courrier. Il est supprimé dès qu’il est trouvé.
`;

/** Writes the message of one run. */
export function writeMessage(settings: MailRoundTripSettings, target: CheckTarget, nowMs: number): ProbeMessage {
  const { from, to, smtpPort, imapServer, imapPort, folder } = settings;
  const route = JSON.stringify([target.address, smtpPort, from, to, imapServer, imapPort, folder]);
  const owner = createHash('sha256').update(route).digest('hex').slice(0, 24);
  const token = `${owner}.${Math.floor(nowMs).toString(36)}.${randomBytes(9).toString('hex')}`;
  const lines = [
    `From: <${from}>`,
    `To: <${to}>`,
    'Subject: Vigie: round trip / aller-retour',
    `Date: ${new Date(nowMs).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${token}@${from.replace(/^.*@/u, '')}>`,
    `${tokenHeader}: ${token}`,
    // RFC 3834: nobody is to answer it, no holiday notice either.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(body, 'utf8')
      .toString('base64')
      .match(/.{1,76}/gu) ?? []),
  ];
  return { owner, token, text: lines.join('\r\n') };
}

/** What the header of a message says that may be one of ours. */
export interface FoundHeader {
  readonly token: string;
  /** When it was sent, by the probe's own clock. */
  readonly sentAtMs: number;
  /** The stations on the way, the latest first. */
  readonly hops: readonly string[];
}

function valueOf(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim();
}

/** Reads a header; undefined when the message is not one that this owner sent. */
export function readHeader(header: Buffer, owner: string): FoundHeader | undefined {
  const lines = header
    .toString('utf8')
    .replaceAll(/\r?\n[ \t]+/gu, ' ')
    .split(/\r?\n/u);
  const tokens = lines.filter((line) => line.toLowerCase().startsWith(`${tokenHeader.toLowerCase()}:`)).map(valueOf);
  const [, whose, sentAt] = /^([0-9a-f]{24})\.([0-9a-z]{1,12})\.[0-9a-f]{18}$/u.exec(tokens[0] ?? '') ?? [];
  if (tokens.length !== 1 || whose !== owner || sentAt === undefined) return undefined;
  const hops = lines.filter((line) => /^received:/iu.test(line)).map(valueOf);
  return { token: tokens[0] ?? '', sentAtMs: Number.parseInt(sentAt, 36), hops };
}
