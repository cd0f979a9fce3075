import { headerOf } from './fold/header-block.ts';
import { lineOf } from './fold/line.ts';
import type { ReadMessage } from './message.ts';
import { parseAddresses, type MailAddress } from './read/addresses.ts';

const forwardSubject = /^\s*(?:fwd?|tr|wg|rv|i|enc|vs|doorst|pd)\s?:/iu;

/** Who first wrote what was passed on to us: the one to be helped; null when nothing was passed on, or nobody can tell. */
export function forwardedFrom(message: ReadMessage): MailAddress | null {
  const isForward = forwardSubject.test(message.subject);
  const attached = message.attachments.find((each) => each.message !== null && each.message.from.length > 0)?.message
    ?.from[0];
  const passage = message.folded.passages.find(({ kind }) => kind === 'forwarded_header')?.text;
  if (passage !== undefined) return senderIn(passage) ?? attached ?? null;
  if (!isForward) return null;
  const quoted = message.folded.passages.find(({ kind }) => kind === 'quoted')?.text ?? message.text;
  return senderIn(quoted) ?? attached ?? null;
}

const mostLines = 60;

function senderIn(text: string): MailAddress | null {
  for (const raw of text.split('\n', mostLines)) {
    const { bare } = lineOf(raw, null);
    const header = headerOf(bare);
    const value = header?.kind === 'from' ? header.value : /(?:wrote|a écrit)\s?:$/iu.test(bare) ? bare : null;
    if (value === null) continue;
    // Outlook: "Dupont, Jean [mailto:jean@example.fr]"
    const bracketed = /^(?<name>.*?)\[mailto:(?<address>[^\]\s]{3,320})\]/iu.exec(value)?.groups;
    if (bracketed !== undefined) {
      const [found] = parseAddresses(`<${bracketed['address'] ?? ''}>`);
      if (found !== undefined)
        return { name: (bracketed['name'] ?? '').replaceAll('"', '').trim(), address: found.address };
    }
    const angle = /(?:^|[:,]\s|^)(?<name>[^<>,:]{0,120})<(?:mailto:)?(?<address>[^<>\s]{3,320})>/u.exec(value)?.groups;
    const source =
      angle === undefined ? (/[^\s<>()[\]"]+@[^\s<>()[\]"]+/u.exec(value)?.[0] ?? '') : `<${angle['address'] ?? ''}>`;
    const [found] = parseAddresses(source);
    if (found !== undefined)
      return { name: (angle?.['name'] ?? '').replaceAll('"', '').trim(), address: found.address };
  }
  return null;
}
