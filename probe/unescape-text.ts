const escapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '\\': '\\' };

/** Turns `\r\n` and the like, as typed into a form, into the characters they stand for. */
export function unescapeText(text: string): string {
  return text.replace(/\\(?:([rnt\\])|x([0-9a-fA-F]{2}))/gu, (_whole, letter?: string, hex?: string) =>
    hex === undefined ? (escapes[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
