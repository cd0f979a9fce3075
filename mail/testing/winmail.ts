/** What goes into a winmail.dat. */
export interface PackedMail {
  readonly subject: string;
  readonly html: string;
  readonly files: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
    readonly contentId?: string;
  }[];
}

const level = { message: 1, attachment: 2 } as const;

/** One attribute with its checksum (MS-OXTNEF 2.1.3.2): the sum of its bytes. */
function attribute(at: number, id: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(at, 0);
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(value.length, 5);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(value.reduce((all, byte) => (all + byte) & 0xffff, 0));
  return Buffer.concat([head, value, sum]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** One property of variable length (MS-OXTNEF 2.1.3.4): its type and id, one value, padded to four bytes. */
function property(type: number, id: number, value: Buffer): Buffer {
  const tag = Buffer.alloc(4);
  tag.writeUInt16LE(type, 0);
  tag.writeUInt16LE(id, 2);
  return Buffer.concat([tag, word(1), word(value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

const properties = (...all: readonly Buffer[]): Buffer => Buffer.concat([word(all.length), ...all]);
const wide = (text: string): Buffer => Buffer.from(`${text}\u0000`, 'utf16le');
const narrow = (text: string): Buffer => Buffer.from(`${text}\u0000`, 'latin1');

const binary = 0x0102;
const unicode = 0x001f;

/** Writes a winmail.dat as Outlook does: a short name in narrow letters, the whole one among the properties (MS-OXTNEF). */
export function packWinmail({ subject, html, files }: PackedMail): Buffer {
  const key = Buffer.from([0x34, 0x12]);
  return Buffer.concat([
    word(0x223e9f78),
    key,
    attribute(level.message, 0x00089006, word(0x00010000)),
    attribute(level.message, 0x00069007, Buffer.concat([word(1252), word(0)])),
    attribute(level.message, 0x00078008, narrow('IPM.Microsoft Mail.Note')),
    attribute(level.message, 0x00018004, narrow(subject)),
    attribute(level.message, 0x00069003, properties(property(binary, 0x1013, Buffer.from(html)))),
    ...files.flatMap(({ name, type, bytes, contentId }) => [
      attribute(level.attachment, 0x00069002, Buffer.alloc(14)),
      attribute(level.attachment, 0x00018010, narrow(`${name.replaceAll(/[^\w.]/gu, '').slice(0, 6)}~1`)),
      attribute(level.attachment, 0x0006800f, bytes),
      attribute(
        level.attachment,
        0x00069005,
        properties(
          property(unicode, 0x3707, wide(name)),
          property(unicode, 0x370e, wide(type)),
          ...(contentId === undefined ? [] : [property(unicode, 0x3712, wide(contentId))]),
        ),
      ),
    ]),
  ]);
}
