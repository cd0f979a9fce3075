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
  const window = Buffer.alloc(windowSize);
  window.write(beginning, 'latin1');
  let write = beginning.length;
  const out = Buffer.alloc(wanted);
  let length = 0;
  const put = (byte: number): void => {
    if (length < wanted) out[length++] = byte;
    window[write] = byte;
    write = (write + 1) % windowSize;
  };
  let at = 16;
  while (at < bytes.length && length < wanted) {
    const flags = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < bytes.length; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        put(bytes[at++] ?? 0);
        continue;
      }
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const from = pair >> 4;
      if (from === write) return out.subarray(0, length).toString('latin1');
      for (let step = 0; step < (pair & 15) + 2; step += 1) put(window[(from + step) % windowSize] ?? 0);
    }
  }
  return out.subarray(0, length).toString('latin1');
}
