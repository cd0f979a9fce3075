import type { Line } from './line.ts';

type HeaderKind = 'from' | 'date' | 'to' | 'copy' | 'subject' | 'other';

const names: Readonly<Record<HeaderKind, string>> = {
  from: 'from|de|von|da|van|fra|från|od|lähettäjä|от|expéditeur|expediteur|remitente|mittente|afzender|发件人|差出人|message du|message de|de la part de|émetteur',
  date: "sent|sent at|sent on|date|envoyé|envoyé le|envoye|date d'envoi|gesendet|datum|am|enviado|enviado el|enviada em|fecha|data|inviato|verzonden|sendt|skickat|wysłano|lähetetty|päivämäärä|дата|отправлено|发送时间|日期|送信日時",
  to: 'to|à|a|an|para|aan|til|till|do|vastaanottaja|кому|pour|destinataire|destinataires|收件人|宛先',
  copy: 'cc|cci|bcc|copie à|copie a|copie|copies|kopie|copia|ccn|kopia|копия|抄送',
  subject: 'subject|objet|sujet|betreff|asunto|oggetto|onderwerp|emne|ämne|temat|aihe|тема|assunto|主题|件名|titre',
  other:
    'reply-to|répondre à|importance|priority|priorité|attachments|pièces jointes|pièce jointe|organization|organisation|when|where|quand|où|type|caractère',
};

const patterns: readonly (readonly [HeaderKind, RegExp])[] = Object.entries(names).map(([kind, words]) => [
  isKind(kind) ? kind : 'other',
  new RegExp(`^[*_|\\s]{0,6}(?:${words})\\s?[*_]{0,2}\\s?(?::|：)[*_]{0,2}(?<value>.*)$`, 'iu'),
]);

function isKind(kind: string): kind is HeaderKind {
  return kind in names;
}

interface Header {
  readonly kind: HeaderKind;
  readonly value: string;
}

/** What header of a quoted mail a line shows; null when none. */
export function headerOf(bare: string): Header | null {
  // The names are short: most lines need no look.
  const colon = bare.search(/[:：]/u);
  if (colon === -1 || colon > 40) return null;
  for (const [kind, pattern] of patterns) {
    const value = pattern.exec(bare)?.groups?.['value'];
    if (value !== undefined) return { kind, value: value.replace(/^[*_\s|]+/u, '').trim() };
  }
  return null;
}

/** Headers of a quoted mail take this many lines at most; lists of people to whom it went are long. */
const mostLines = 40;
const mostLinesOfOne = 8;

/**
 * The line after a block such as "From: … Sent: … To: … Subject: …" that begins at `at`; null when none does. After a line
 * that says "original message", two headers are enough; elsewhere people write "From: Paris, To: Lyon" themselves, so
 * it takes more to believe it.
 */
export function headerBlockEnd(lines: readonly Line[], at: number, isAnnounced: boolean): number | null {
  const first = lines[at];
  if (first === undefined || headerOf(first.bare) === null) return null;
  const seen = new Map<HeaderKind, string>();
  let end = at;
  let unnamed = 0;
  let blanks = 0;
  for (let here = at; here < Math.min(at + mostLines, lines.length); here += 1) {
    const line = lines[here];
    if (line === undefined || line.depth !== first.depth) break;
    if (line.isBlank) {
      blanks += 1;
      if (blanks > 1) break;
      continue;
    }
    const header = headerOf(line.bare);
    if (header === null) {
      // The rest of a long list of people; never after a blank line, and never after the subject's second line.
      unnamed += 1;
      if (blanks > 0 || unnamed > (seen.has('subject') ? 1 : mostLinesOfOne)) break;
      if (seen.has('subject') && !/^\s/u.test(line.raw)) break;
    } else {
      if (seen.has(header.kind) && header.kind !== 'other' && header.kind !== 'from') break;
      unnamed = 0;
      seen.set(header.kind, header.value);
      end = here + 1;
    }
    blanks = 0;
    if (header === null) end = seen.has('subject') ? end : here + 1;
  }
  return isBelievable(seen, isAnnounced) ? end : null;
}

function isBelievable(seen: ReadonlyMap<HeaderKind, string>, isAnnounced: boolean): boolean {
  const hasFrom = seen.has('from');
  const strong = [...seen.keys()].filter((kind) => kind !== 'other' && kind !== 'copy').length;
  if (isAnnounced) return strong >= 2 || (strong === 1 && hasFrom);
  if (strong < 2) return false;
  const hasAddress = [...seen.values()].some((value) => value.includes('@'));
  const hasTime = /\d{1,2}\s?[:h]\s?\d{2}/u.test(seen.get('date') ?? '');
  if (!hasFrom || strong === 2) return hasAddress && hasTime && seen.has('date');
  return seen.has('subject') || hasAddress || hasTime;
}
