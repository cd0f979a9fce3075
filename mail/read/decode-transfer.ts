/** Undoes a content transfer encoding (RFC 2045, 6); what is not understood is left as it is. Never throws. */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase().replaceAll(/["';]/gu, '')) {
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return decodeUuencode(body);
    default:
      return body;
  }
}

function decodeBase64(body: Buffer): Buffer {
  const text = body.toString('latin1');
  const stop = text.indexOf('=');
  // Some programs encode piece by piece: there is padding in the middle, at which the decoder would stop.
  if (stop === -1 || text.slice(stop).replaceAll(/[=\s]/gu, '').length < 4) return Buffer.from(text, 'base64');
  return Buffer.concat(text.split(/=+/u).map((piece) => Buffer.from(piece, 'base64')));
}

const equals = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** RFC 2045, 6.7; a "=" that begins nothing stays, as the RFC advises. */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  let at = 0;
  while (at < body.length) {
    const byte = body[at] ?? 0;
    if (byte !== equals) {
      out[length++] = byte;
      at += 1;
      continue;
    }
    const value = hexPair(body[at + 1], body[at + 2]);
    if (value !== null) {
      out[length++] = value;
      at += 3;
      continue;
    }
    let end = at + 1;
    while (isBlank(body[end])) end += 1;
    if (body[end] === carriageReturn && body[end + 1] === lineFeed) at = end + 2;
    else if (body[end] === lineFeed || end >= body.length) at = end + 1;
    else {
      out[length++] = byte;
      at += 1;
    }
  }
  return out.subarray(0, length);
}

/** The byte that two hexadecimal signs stand for. */
export function hexPair(high: number | undefined, low: number | undefined): number | null {
  const a = hexDigit(high);
  const b = hexDigit(low);
  return a === -1 || b === -1 ? null : a * 16 + b;
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** The historical uuencode: each line says how many bytes it holds. */
export function decodeUuencode(body: Buffer): Buffer {
  const out: Buffer[] = [];
  for (const line of body.toString('latin1').split(/\r?\n/u)) {
    if (line === 'end' || line === '`') break;
    if (line === '' || line.startsWith('begin ')) continue;
    const count = (line.charCodeAt(0) - 32) & 63;
    const bytes = Buffer.alloc(count);
    for (let at = 0; at < count; at += 1) {
      const group = 1 + Math.floor(at / 3) * 4;
      const [a, b, c, d] = [0, 1, 2, 3].map((step) => ((line.charCodeAt(group + step) || 32) - 32) & 63);
      const bits = ((a ?? 0) << 18) | ((b ?? 0) << 12) | ((c ?? 0) << 6) | (d ?? 0);
      bytes[at] = (bits >> (16 - (at % 3) * 8)) & 255;
    }
    out.push(bytes);
  }
  return Buffer.concat(out);
}
