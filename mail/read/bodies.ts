import { decodeText } from './charset.ts';
import { decodeTransfer, decodeUuencode } from './decode-transfer.ts';
import { decodeWords, parseParameters } from './header-text.ts';
import { headerValue, type MimePart } from './mime-parts.ts';
import { unflow } from './unflow.ts';
import type { MachinePart, MessageNote } from '../message.ts';

/** A file in a message, decoded. */
export interface RawAttachment {
  readonly name: string;
  readonly type: string;
  readonly contentId: string;
  readonly isInline: boolean;
  readonly bytes: Buffer;
}

/** What the parts of a message hold. */
export interface Bodies {
  readonly plain: string;
  readonly html: string;
  readonly attachments: readonly RawAttachment[];
  readonly machineParts: readonly MachinePart[];
  readonly notes: readonly MessageNote[];
}

const mostMachineBytes = 200_000;

/** Sorts the parts of a message into texts, files and what machines read, and decodes them. */
export function readBodies(
  bytes: Buffer,
  parts: readonly MimePart[],
  bounds: { readonly mostTextBytes: number; readonly mostHtmlBytes: number; readonly mostAttachments: number },
): Bodies {
  const texts: { readonly kind: 'plain' | 'html'; readonly text: string; readonly group: MimePart | null }[] = [];
  const attachments: RawAttachment[] = [];
  const machineParts: MachinePart[] = [];
  const notes: MessageNote[] = [];
  const room = { plain: bounds.mostTextBytes, html: bounds.mostHtmlBytes };
  for (const part of parts) {
    if (part.isContainer) continue;
    const role = roleOf(part);
    const body = decodeTransfer(bytes.subarray(part.bodyStart, part.bodyEnd), encodingOf(part));
    if (role === 'plain' || role === 'html') {
      const shown = body.length > room[role] ? body.subarray(0, room[role]) : body;
      if (shown.length < body.length) notes.push({ note: 'text_cut' });
      room[role] -= shown.length;
      const text = readText(part, role, shown, notes);
      const { rest, files } = role === 'plain' ? takeUuencoded(text) : { rest: text, files: [] };
      attachments.push(...files);
      texts.push({ kind: role, text: rest, group: alternativeOf(part) });
      continue;
    }
    if (role === 'machine' && body.length <= mostMachineBytes)
      machineParts.push({
        type: part.type.value,
        text: decodeText(body, part.type.parameters.get('charset') ?? '').text,
      });
    if (attachments.length >= bounds.mostAttachments) {
      if (!notes.some(({ note }) => note === 'too_many_attachments')) notes.push({ note: 'too_many_attachments' });
    } else if (body.length > 0 || nameOf(part) !== '') attachments.push(attachmentOf(part, body));
  }
  return { ...joinTexts(texts), attachments, machineParts, notes };
}

const machineTypes =
  /^(?:message\/(?:delivery-status|disposition-notification|global-delivery-status|feedback-report)|text\/(?:calendar|rfc822-headers)|application\/ics)$/u;

function roleOf(part: MimePart): 'plain' | 'html' | 'machine' | 'file' {
  const type = part.type.value;
  if (machineTypes.test(type)) return 'machine';
  const disposition = parseParameters(headerValue(part.headers, 'content-disposition') ?? '');
  if (disposition.value === 'attachment') return 'file';
  if (type === 'text/html' || type === 'application/xhtml+xml')
    return nameOf(part) !== '' && disposition.value === '' && alternativeOf(part) === null ? 'file' : 'html';
  const isText =
    type === 'text/plain' || type === 'text' || type === '' || type === 'text/enriched' || type === 'text/markdown';
  if (!isText) return 'file';
  return nameOf(part) !== '' && part.parent !== null ? 'file' : 'plain';
}

function encodingOf(part: MimePart): string {
  return headerValue(part.headers, 'content-transfer-encoding') ?? '';
}

/** The name that the sender gave a part, in whichever of the two places. */
function nameOf(part: MimePart): string {
  const disposition = parseParameters(headerValue(part.headers, 'content-disposition') ?? '');
  return disposition.parameters.get('filename') ?? part.type.parameters.get('name') ?? '';
}

function readText(part: MimePart, role: 'plain' | 'html', body: Buffer, notes: MessageNote[]): string {
  const label = part.type.parameters.get('charset') ?? (role === 'html' ? labelInHtml(body) : '');
  const decoded = decodeText(body, label);
  if (decoded.repaired !== null)
    notes.push({ note: 'charset_repaired', was: label.slice(0, 40), read: decoded.charset, why: decoded.repaired });
  const text = decoded.text.replaceAll(/\r\n?/gu, '\n');
  const isFlowed = part.type.parameters.get('format')?.toLowerCase() === 'flowed';
  return role === 'plain' && isFlowed ? unflow(text, part.type.parameters.get('delsp')?.toLowerCase() === 'yes') : text;
}

function labelInHtml(body: Buffer): string {
  const head = body.subarray(0, 2_000).toString('latin1');
  return /<meta[^>]{0,200}charset\s{0,5}=\s{0,5}["']?(?<label>[\w-]{2,40})/iu.exec(head)?.groups?.['label'] ?? '';
}

function alternativeOf(part: MimePart): MimePart | null {
  for (let around = part.parent; around !== null; around = around.parent)
    if (around.type.value === 'multipart/alternative') return around;
  return null;
}

/** Texts one after the other are one text; of alternatives both are kept, and each side gets what only the other has. */
function joinTexts(
  texts: readonly { readonly kind: 'plain' | 'html'; readonly text: string; readonly group: MimePart | null }[],
): { plain: string; html: string } {
  const hasHtml = texts.some(({ kind, text }) => kind === 'html' && text.trim() !== '');
  const plain: string[] = [];
  const html: string[] = [];
  for (const { kind, text, group } of texts) {
    const hasTwin =
      group !== null && texts.some((other) => other.group === group && other.kind !== kind && other.text.trim() !== '');
    if (kind === 'plain') plain.push(text);
    if (kind === 'html') html.push(text);
    if (kind === 'plain' && hasHtml && !hasTwin && text.trim() !== '')
      html.push(`<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`);
  }
  return { plain: plain.join('\n'), html: hasHtml ? html.join('<br>') : '' };
}

function attachmentOf(part: MimePart, bytes: Buffer): RawAttachment {
  const contentId = (headerValue(part.headers, 'content-id') ?? '').trim().replace(/^<|>$/gu, '').slice(0, 300);
  const disposition = parseParameters(headerValue(part.headers, 'content-disposition') ?? '').value;
  const isInline =
    disposition === 'inline' || (disposition === '' && contentId !== '' && part.type.value.startsWith('image/'));
  return { name: tidyName(nameOf(part)), type: part.type.value, contentId, isInline, bytes };
}

/** A name of a file and nothing else: no folder, no control, no sign that turns the order of letters. */
export function tidyName(name: string): string {
  const last = decodeWords(name).split(/[/\\]/u).at(-1) ?? '';
  const tidy = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .trim()
    .replace(/^\.+$/u, '');
  if (tidy.length <= 200) return tidy;
  const ending = /\.[^.]{1,20}$/u.exec(tidy)?.[0] ?? '';
  return tidy.slice(0, 200 - ending.length) + ending;
}

const uuencoded = /^begin [0-7]{3,4} (?<name>[^\n]{1,200})\n(?<body>(?:[\x20-\x60][^\n]{0,90}\n){1,200000})end$/gmu;

/** Files that old programs write into the text itself. */
function takeUuencoded(text: string): { rest: string; files: RawAttachment[] } {
  const files: RawAttachment[] = [];
  if (!/^begin [0-7]{3,4} /mu.test(text)) return { rest: text, files };
  const rest = text.replaceAll(uuencoded, (_whole: string, name: string, body: string) => {
    files.push({
      name: tidyName(name),
      type: 'application/octet-stream',
      contentId: '',
      isInline: false,
      bytes: decodeUuencode(Buffer.from(body, 'latin1')),
    });
    return '';
  });
  return { rest, files };
}
