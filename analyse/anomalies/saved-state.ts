/** Arrays of numbers that a part may hold. */
type Cells = Float64Array | Int32Array | Uint16Array | Uint8Array;

function isCells(value: unknown): value is Cells {
  return (
    value instanceof Float64Array ||
    value instanceof Int32Array ||
    value instanceof Uint16Array ||
    value instanceof Uint8Array
  );
}

/**
 * All numbers that a part and its parts hold, as bytes. A part is an object whose fields are numbers, arrays of numbers,
 * or parts; which they are and how many never changes, so that the bytes need no names.
 */
export function writeState(part: object): Uint8Array {
  const bytes = new Uint8Array(sizeOf(part));
  walk(part, bytes, true);
  return bytes;
}

/** Puts the numbers back into a part made in the same way. Throws when the bytes are of something else. */
export function readState(part: object, bytes: Uint8Array): void {
  if (bytes.length !== sizeOf(part)) throw new RangeError('saved by another version of this detector');
  walk(part, bytes, false);
}

function sizeOf(part: object): number {
  let size = 0;
  for (const value of Object.values(part) as readonly unknown[]) {
    if (typeof value === 'number') size += 8;
    else if (isCells(value)) size += value.byteLength;
    else if (typeof value === 'object' && value !== null) size += sizeOf(value);
  }
  return size;
}

/** Goes through all numbers in order, to write them or to read them. Returns how many bytes that took, from `from`. */
function walk(part: object, bytes: Uint8Array, isWriting: boolean, from = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  for (const key of Object.keys(part)) {
    const value: unknown = Reflect.get(part, key);
    if (typeof value === 'number') {
      if (isWriting) view.setFloat64(at, value, true);
      else Reflect.set(part, key, view.getFloat64(at, true));
      at += 8;
    } else if (isCells(value)) {
      const raw = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      if (isWriting) bytes.set(raw, at);
      else raw.set(bytes.subarray(at, at + raw.length));
      at += raw.length;
    } else if (typeof value === 'object' && value !== null) at = walk(value, bytes, isWriting, at);
  }
  return at;
}
