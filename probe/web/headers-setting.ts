import { z } from 'zod';

// RFC 9110, 5.1 and 5.5: a token, a colon, and a value of visible characters, spaces and tabs.
const headerLine = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}:[ \t]*[\t\u0020-\u007e\u0080-\u00ff]*$/u;

/** Headers that belong to the exchange and not to the person who asks. */
const ownHeaders = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade', 'te']);

/** Whether a line is `Name: value` with a header that may be set. */
export function isHeaderLine(line: string): boolean {
  return headerLine.test(line) && !ownHeaders.has((line.split(':')[0] ?? '').toLowerCase());
}

/** A settings field of request headers, one a line. */
export function headerList(): z.ZodDefault<z.ZodArray<z.ZodString>> {
  return z.array(z.string().max(2_000).refine(isHeaderLine)).max(30).default([]);
}

/** The headers of such lines, names in lower case; the last of a name counts. */
export function readHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
  );
}
