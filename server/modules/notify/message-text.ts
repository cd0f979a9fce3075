import type { Message } from './channel-kind.ts';
import type { Wording } from './wording.ts';

/** Cuts a text to what a service takes, never through a character. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/**
 * The same for a text in which signs are written otherwise on the way: what is counted is what is sent, and no written
 * sign is cut in two.
 */
export function clipWritten(text: string, longest: number, write: (text: string) => string): string {
  let low = 1;
  let high = longest;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (write(clip(text, middle)).length <= longest) low = middle;
    else high = middle - 1;
  }
  return write(clip(text, low));
}

/** The same for services that count bytes of UTF-8. */
export function clipBytes(text: string, longestBytes: number): string {
  if (Buffer.byteLength(text) <= longestBytes) return text;
  let cut = text.slice(0, longestBytes);
  while (Buffer.byteLength(cut) > longestBytes - 3 || !cut.isWellFormed()) cut = cut.slice(0, -1);
  return `${cut}…`;
}

/** What is told, without its subject and its address. */
export function bodyOf({ paragraphs }: Wording): string {
  return paragraphs.join('\n');
}

/** Subject, what is told, and the address, as a chat shows them. */
export function wholeText({ subject, paragraphs, link }: Wording): string {
  // The first paragraph of an incident is its title, which the subject says too.
  const rest = paragraphs.filter((paragraph) => !subject.endsWith(paragraph));
  return [subject, ...rest, ...(link === null ? [] : [`${link.text} ${link.url}`])].join('\n');
}

/** How a state is coloured where a service can: red while it fails, green once it is well. */
export function colourOf({ phase, priority }: Message): string {
  if (phase === 'closes') return '#2f9e44';
  if (phase === 'other' || phase === 'takes') return '#1c7ed6';
  return priority === 'low' || priority === 'normal' ? '#f08c00' : '#e03131';
}
