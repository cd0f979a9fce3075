import { parseParameters, type HeaderWithParameters } from './header-text.ts';
import { readHeaders, type HeaderField, type Headers } from './headers.ts';

/** A message cut into its parts. Bodies are views on the bytes, still encoded. */
export interface MimePart {
  readonly headers: readonly HeaderField[];
  readonly type: HeaderWithParameters;
  /** The part around it; null for the message itself. */
  readonly parent: MimePart | null;
  readonly isContainer: boolean;
  readonly bodyStart: number;
  bodyEnd: number;
}

export interface MimeBounds {
  readonly mostParts: number;
  /** Multiparts inside each other beyond this are kept closed, as one attachment. */
  readonly deepest: number;
  readonly mostHeaderBytes: number;
}

export interface MimeParts {
  /** In the order in which they stand, containers before what they hold. */
  readonly parts: readonly MimePart[];
  readonly isTooDeep: boolean;
  readonly hasTooMany: boolean;
}

const lineFeed = 0x0a;
const longestBoundaryLine = 250;

interface Open {
  readonly part: MimePart;
  readonly boundary: string;
}

/**
 * Cuts a message into parts in one pass, whatever boundaries are missing, repeated or left open. Neither depth nor number
 * costs more than the bytes do.
 */
export function mimeParts(bytes: Buffer, bounds: MimeBounds): MimeParts {
  const parts: MimePart[] = [];
  const open: Open[] = [];
  const found = { isTooDeep: false, hasTooMany: false };
  const closeLeaf = (end: number): void => {
    const last = parts.at(-1);
    if (last !== undefined && !last.isContainer && last.bodyEnd === -1) last.bodyEnd = Math.max(last.bodyStart, end);
  };
  const add = (start: number, parent: MimePart | null): number => {
    const part = partAt(bytes, start, parent, bounds, open.length);
    if (part.isTooDeep) found.isTooDeep = true;
    parts.push(part.part);
    if (part.boundary !== null) open.push({ part: part.part, boundary: part.boundary });
    return part.part.bodyStart;
  };
  let at = add(0, null);
  while (open.length > 0) {
    const line = nextDelimiter(bytes, at, open);
    if (line === null) break;
    closeLeaf(line.contentEnd);
    for (const closed of open.splice(line.level + 1)) closed.part.bodyEnd = line.contentEnd;
    const around = open[line.level];
    if (around === undefined) break;
    at = line.next;
    if (line.isLast) {
      around.part.bodyEnd = line.contentEnd;
      open.pop();
    } else if (parts.length >= bounds.mostParts) {
      found.hasTooMany = true;
      break;
    } else at = add(line.next, around.part);
  }
  closeLeaf(bytes.length);
  for (const part of parts) if (part.bodyEnd === -1) part.bodyEnd = bytes.length;
  return { parts, ...found };
}

function partAt(
  bytes: Buffer,
  start: number,
  parent: MimePart | null,
  bounds: MimeBounds,
  depth: number,
): { part: MimePart; boundary: string | null; isTooDeep: boolean } {
  const head: Headers = readHeaders(bytes, start, Math.min(bytes.length, start + bounds.mostHeaderBytes));
  const usual = parent?.type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const type = parseParameters(headerValue(head.fields, 'content-type') ?? usual);
  const boundary = type.value.startsWith('multipart/') ? (type.parameters.get('boundary')?.trimEnd() ?? null) : null;
  const isTooDeep = boundary !== null && depth >= bounds.deepest;
  const isContainer = boundary !== null && boundary !== '' && !isTooDeep;
  const part: MimePart = { headers: head.fields, type, parent, isContainer, bodyStart: head.bodyStart, bodyEnd: -1 };
  return { part, boundary: isContainer ? boundary : null, isTooDeep };
}

/** The first value of a header. */
export function headerValue(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

interface Delimiter {
  /** Which of the open multiparts it belongs to. */
  readonly level: number;
  readonly isLast: boolean;
  /** Where what stands above it ends: the line end before it belongs to it. */
  readonly contentEnd: number;
  readonly next: number;
}

function nextDelimiter(bytes: Buffer, from: number, open: readonly Open[]): Delimiter | null {
  const levels = new Set(open.map(({ boundary }) => boundary));
  const firsts = new Set(open.map(({ boundary }) => Buffer.from(boundary)[0]));
  const lengths = new Set(
    open.flatMap(({ boundary }) => [Buffer.byteLength(boundary), Buffer.byteLength(boundary) + 2]),
  );
  let at = from;
  while (at < bytes.length) {
    const start = bytes[at] === 0x2d && bytes[at + 1] === 0x2d && isLineStart(bytes, at) ? at : nextDashes(bytes, at);
    if (start === -1) return null;
    const stop = bytes.indexOf(lineFeed, start);
    const end = stop === -1 ? bytes.length : stop;
    const next = stop === -1 ? bytes.length : stop + 1;
    // Most lines with dashes are no boundary: a byte and the length tell.
    if (
      end - start <= longestBoundaryLine &&
      firsts.has(bytes[start + 2] ?? lineFeed) &&
      lengths.has(lengthOf(bytes, start + 2, end))
    ) {
      const text = bytes
        .subarray(start + 2, end)
        .toString('utf8')
        .trimEnd();
      const match = levels.has(text) || levels.has(text.replace(/--$/u, '')) ? matchOpen(text, open) : null;
      if (match !== null) return { ...match, contentEnd: beforeLineEnd(bytes, start, from), next };
    }
    at = next;
  }
  return null;
}

/** Without the blanks that may follow a boundary (RFC 2046, 5.1.1). */
function lengthOf(bytes: Buffer, from: number, to: number): number {
  let end = to;
  while (end > from && (bytes[end - 1] ?? 0) <= 0x20) end -= 1;
  return end - from;
}

const dashes = Buffer.from('\n--');

function nextDashes(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(dashes, Math.max(0, from - 1));
  return found === -1 ? -1 : found + 1;
}

function isLineStart(bytes: Buffer, at: number): boolean {
  return at === 0 || bytes[at - 1] === lineFeed;
}

function beforeLineEnd(bytes: Buffer, at: number, lowest: number): number {
  let end = at;
  if (end > lowest && bytes[end - 1] === lineFeed) end -= 1;
  if (end > lowest && bytes[end - 1] === 0x0d) end -= 1;
  return end;
}

/** The innermost first: a boundary used twice belongs to the part that is open. */
function matchOpen(text: string, open: readonly Open[]): { level: number; isLast: boolean } | null {
  for (let level = open.length - 1; level >= 0; level -= 1) {
    const boundary = open[level]?.boundary ?? '';
    if (text === boundary) return { level, isLast: false };
    if (text === `${boundary}--`) return { level, isLast: true };
  }
  return null;
}
