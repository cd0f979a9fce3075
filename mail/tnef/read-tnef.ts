import { decodeText } from '../read/charset.ts';
import { readMapiProperties, type MapiProperty } from './mapi-properties.ts';
import { inflateRtf } from './inflate-rtf.ts';
import { rtfText, type RtfText } from './rtf-text.ts';

/** What Outlook packed into a winmail.dat (MS-OXTNEF). */
export interface TnefContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly TnefAttachment[];
}

export interface TnefAttachment {
  readonly name: string;
  readonly type: string;
  readonly contentId: string;
  readonly bytes: Buffer;
}

const signature = 0x223e9f78;
const attribute = {
  subject: 0x00018004,
  body: 0x0002800c,
  title: 0x00018010,
  data: 0x0006800f,
  rendering: 0x00069002,
  properties: 0x00069003,
  attachment: 0x00069005,
  codepage: 0x00069007,
} as const;
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  attachData: 0x3701,
  attachName: 0x3704,
  longName: 0x3707,
  attachType: 0x370e,
  contentId: 0x3712,
} as const;
const mostAttributes = 5_000;
const mostAttachments = 200;

interface Draft {
  name: string;
  type: string;
  contentId: string;
  bytes: Buffer;
}

/** Reads one; null when the bytes are none. What is cut off is read as far as it goes. */
export function readTnef(bytes: Buffer): TnefContent | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null;
  const found = { subject: '', text: '', html: '' };
  const attachments: Draft[] = [];
  let codepage = 'windows-1252';
  let at = 6;
  for (let count = 0; count < mostAttributes && at + 9 <= bytes.length; count += 1) {
    const id = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const value = bytes.subarray(at + 9, at + 9 + length);
    at += 9 + length + 2;
    if (id === attribute.codepage && value.length >= 4) codepage = `windows-${value.readUInt32LE(0)}`;
    else if (id === attribute.subject) found.subject = narrow(value, codepage);
    else if (id === attribute.body) found.text ||= narrow(value, codepage);
    else if (id === attribute.properties) takeBody(found, readMapiProperties(value, codepage));
    else if (id === attribute.rendering && attachments.length < mostAttachments)
      attachments.push({ name: '', type: '', contentId: '', bytes: Buffer.alloc(0) });
    else takeAttachment(attachments.at(-1), id, value, codepage);
  }
  return { ...found, attachments: attachments.filter(({ bytes: data, name }) => data.length > 0 || name !== '') };
}

function takeAttachment(draft: Draft | undefined, id: number, value: Buffer, codepage: string): void {
  if (draft === undefined) return;
  if (id === attribute.title) draft.name ||= narrow(value, codepage);
  else if (id === attribute.data) draft.bytes = value;
  else if (id === attribute.attachment) {
    const properties = readMapiProperties(value, codepage);
    draft.name = textOf(properties, property.longName) || textOf(properties, property.attachName) || draft.name;
    draft.type = textOf(properties, property.attachType).toLowerCase();
    draft.contentId = textOf(properties, property.contentId);
    const data = properties.get(property.attachData);
    // An embedded object begins with the 16 bytes of its interface's id.
    if (draft.bytes.length === 0 && data instanceof Buffer) draft.bytes = data.subarray(16);
  }
}

function takeBody(found: { text: string; html: string }, properties: ReadonlyMap<number, MapiProperty>): void {
  const html = properties.get(property.html);
  found.text = textOf(properties, property.body) || found.text;
  found.html = html instanceof Buffer ? decodeText(html, '').text : textOf(properties, property.html);
  const packed = properties.get(property.rtf);
  if (found.html !== '' || !(packed instanceof Buffer)) return;
  const rtf = inflateRtf(packed);
  const read: RtfText = rtf === null ? { text: '', html: '' } : rtfText(rtf);
  found.html = read.html;
  found.text ||= read.text;
}

function textOf(properties: ReadonlyMap<number, MapiProperty>, id: number): string {
  const value = properties.get(id);
  return typeof value === 'string' ? value : '';
}

function narrow(value: Buffer, codepage: string): string {
  const end = value.indexOf(0);
  return decodeText(end === -1 ? value : value.subarray(0, end), codepage).text;
}
