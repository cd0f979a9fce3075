import { LinkifyIt } from 'linkify-it';
import type { ReactNode } from 'react';
import './plain-text.css';

const linkify = new LinkifyIt();
/** Only what leads to a page or a mail; `javascript:` and the like are never linked. */
const safeStart = /^(?:https?:\/\/|mailto:|ftp:\/\/)/i;

/** Cuts a text into what is plain and what is an address. */
export function linkParts(text: string): { text: string; href?: string }[] {
  const parts: { text: string; href?: string }[] = [];
  let end = 0;
  for (const match of linkify.match(text) ?? []) {
    if (!safeStart.test(match.url)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: match.text, href: match.url });
    end = match.lastIndex;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Text as people type it: nothing in it is HTML, addresses become links, lines and paragraphs break by themselves. */
export function PlainText({ text }: { text: string }): ReactNode {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  return (
    <div className="v-plain">
      {paragraphs.map((paragraph, index) => (
        // Paragraphs have no identity but their place, and the text is never edited in place.
        <p key={index}>
          {linkParts(paragraph.replace(/\n$/, '')).map((part, at) =>
            part.href === undefined ? (
              part.text
            ) : (
              <a
                key={`${part.href} ${at}`}
                className="v-link"
                href={part.href}
                rel="noreferrer noopener"
                target="_blank"
              >
                {part.text}
              </a>
            ),
          )}
        </p>
      ))}
    </div>
  );
}
