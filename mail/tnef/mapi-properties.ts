import { clean, decodeText } from '../read/charset.ts';

/** The value of a property; those of no use to a reader are left out. */
export type MapiProperty = string | Buffer | number;

/** Bytes of a value of fixed size, padded to four (MS-OXCDATA 2.11.1). */
const fixedSizes: Readonly<Record<number, number>> = {
  0x0001: 4,
  0x0002: 4,
  0x0003: 4,
  0x0004: 4,
  0x0005: 8,
  0x0006: 8,
  0x0007: 8,
  0x000a: 4,
  0x000b: 4,
  0x0014: 8,
  0x0040: 8,
  0x0048: 16,
};
const narrowText = 0x001e;
const wideText = 0x001f;
const objectType = 0x000d;
const binaryType = 0x0102;
const many = 0x1000;
const mostProperties = 2_000;
const mostValues = 10_000;

/** Reads the list of properties inside an attribute of a TNEF; stops where it makes no sense any more. */
export function readMapiProperties(bytes: Buffer, codepage: string): Map<number, MapiProperty> {
  const found = new Map<number, MapiProperty>();
  const reader = new Reader(bytes);
  const count = Math.min(reader.word32(), mostProperties);
  for (let index = 0; index < count && !reader.isOver; index += 1) {
    const type = reader.word16();
    const id = reader.word16();
    if (id >= 0x8000) skipName(reader);
    const base = type & ~many;
    const isMany = (type & many) !== 0;
    const size = fixedSizes[base];
    if (size !== undefined) {
      const values = isMany ? Math.min(reader.word32(), mostValues) : 1;
      const value = reader.take(size * values);
      if (base === 0x0003 && value.length >= 4) found.set(id, value.readUInt32LE(0));
    } else if (base === narrowText || base === wideText || base === binaryType || base === objectType) {
      const values = Math.min(reader.word32(), mostValues);
      for (let each = 0; each < values && !reader.isOver; each += 1) {
        const value = reader.takePadded(reader.word32());
        if (each === 0) found.set(id, readValue(base, value, codepage));
      }
    } else break;
  }
  return found;
}

function skipName(reader: Reader): void {
  reader.take(16);
  if (reader.word32() === 0) reader.take(4);
  else reader.takePadded(reader.word32());
}

function readValue(type: number, value: Buffer, codepage: string): MapiProperty {
  if (type === wideText) return clean(value.toString('utf16le')).replaceAll('\uFFFD', '');
  if (type === narrowText) return decodeText(value, codepage).text.replaceAll('\uFFFD', '');
  return value;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at = Math.min(this.#at + length, this.#bytes.length);
    return taken;
  }

  takePadded(length: number): Buffer {
    const taken = this.take(length);
    this.take((4 - (length % 4)) % 4);
    return taken;
  }

  word16(): number {
    const taken = this.take(2);
    return taken.length < 2 ? 0 : taken.readUInt16LE(0);
  }

  word32(): number {
    const taken = this.take(4);
    return taken.length < 4 ? 0 : taken.readUInt32LE(0);
  }
}
