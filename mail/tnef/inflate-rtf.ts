/** What every compressed RTF may refer to from its first byte on (MS-OXRTFCP 2.1.3.1). */
const beginning =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const compressed = 0x75465a4c;
const plain = 0x414c454d;
const windowSize = 4_096;
const mostBytes = 8_000_000;

/** Unpacks compressed RTF (MS-OXRTFCP); null when it is none. A text that unpacks to more than eight megabytes is cut. */
export function inflateRtf(bytes: Buffer): string | null {
  if (bytes.length < 16) return null;
  const kind = bytes.readUInt32LE(8);
  if (kind === plain) return bytes.subarray(16).toString('latin1');
  if (kind !== compressed) return null;
  const wanted = Math.min(bytes.readUInt32LE(4), mostBytes);
  const out = new Unpacked(wanted);
  let at = 16;
  while (at < bytes.length && !out.isFull) {
    const flags = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < bytes.length; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        out.put(bytes[at++] ?? 0);
        continue;
      }
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const from = pair >> 4;
      if (from === out.next) return out.text();
      for (let step = 0; step < (pair & 15) + 2; step += 1) out.put(out.seen(from + step));
    }
  }
  return out.text();
}

/** The text so far, and the window of its last bytes to which the compressed bytes refer. */
class Unpacked {
  readonly #out: Buffer;
  readonly #window = Buffer.alloc(windowSize);
  #length = 0;
  /** Where in the window the next byte goes; a reference to it is the end. */
  next = beginning.length;

  constructor(wanted: number) {
    this.#out = Buffer.alloc(wanted);
    this.#window.write(beginning, 'latin1');
  }

  get isFull(): boolean {
    return this.#length >= this.#out.length;
  }

  seen(at: number): number {
    return this.#window[at % windowSize] ?? 0;
  }

  put(byte: number): void {
    if (!this.isFull) this.#out[this.#length++] = byte;
    this.#window[this.next] = byte;
    this.next = (this.next + 1) % windowSize;
  }

  text(): string {
    return this.#out.subarray(0, this.#length).toString('latin1');
  }
}
