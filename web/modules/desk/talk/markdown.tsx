import type { ReactNode } from 'react';
import { linkParts } from '#web/ui/plain-text.tsx';

/**
 * The small part of Markdown that people write in answers: headings, lists, quotes, code, bold, italics, links. It is made of
 * elements and never of HTML, so nothing in a text can become more than text; pictures are not fetched.
 */
const inline =
  /(`[^`\n]+`)|(\*\*[^*\n]+\*\*)|(\*[^*\n]+\*|_[^_\n]+_)|\[([^\]\n]{1,300})\]\((https?:\/\/[^\s)]{1,2000}|mailto:[^\s)]{1,300})\)/gu;

function link(href: string, text: string, key: number | string): ReactNode {
  return (
    <a key={key} className="v-link" href={href} rel="noreferrer noopener" target="_blank">
      {text}
    </a>
  );
}

function plain(text: string, key: string): ReactNode[] {
  return linkParts(text).map((part, at) =>
    part.href === undefined ? part.text : link(part.href, part.text, `${key} ${at}`),
  );
}

function words(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    const [whole, code, bold, slanted, label, href] = match;
    parts.push(...plain(text.slice(end, match.index), `${end}`));
    if (code !== undefined) parts.push(<code key={match.index}>{code.slice(1, -1)}</code>);
    else if (bold !== undefined) parts.push(<strong key={match.index}>{bold.slice(2, -2)}</strong>);
    else if (slanted !== undefined) parts.push(<em key={match.index}>{slanted.slice(1, -1)}</em>);
    else parts.push(link(href ?? '', label ?? '', match.index));
    end = match.index + whole.length;
  }
  return [...parts, ...plain(text.slice(end), `${end}`)];
}

type Block = { kind: 'text' | 'quote' | 'code' | 'bullets' | 'numbers' | 'heading'; lines: string[] };

const starts: readonly (readonly [Block['kind'], RegExp])[] = [
  ['heading', /^#{1,4}\s+/u],
  ['quote', /^>\s?/u],
  ['bullets', /^\s{0,3}[-*]\s+/u],
  ['numbers', /^\s{0,3}\d{1,3}[.)]\s+/u],
];

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let code: Block | undefined;
  for (const line of text.split('\n')) {
    if (line.trimStart().startsWith('```')) {
      if (code === undefined) blocks.push((code = { kind: 'code', lines: [] }));
      else code = undefined;
      continue;
    }
    if (code !== undefined) {
      code.lines.push(line);
      continue;
    }
    const [kind, start] = starts.find(([, sign]) => sign.test(line)) ?? (['text', /^/u] as const);
    const last = blocks.at(-1);
    const rest = line.replace(start, '');
    if (line.trim() === '') blocks.push({ kind: 'text', lines: [] });
    else if (last?.kind === kind && kind !== 'heading') last.lines.push(rest);
    else blocks.push({ kind, lines: [rest] });
  }
  return blocks.filter(({ lines }) => lines.length > 0);
}

function Items({ lines }: { lines: readonly string[] }) {
  return lines.map((line, at) => <li key={at}>{words(line)}</li>);
}

function BlockView({ block: { kind, lines } }: { block: Block }) {
  const text = lines.join('\n');
  if (kind === 'code') return <pre>{text}</pre>;
  if (kind === 'bullets') return <ul>{<Items lines={lines} />}</ul>;
  if (kind === 'numbers') return <ol>{<Items lines={lines} />}</ol>;
  if (kind === 'quote') return <blockquote>{words(text)}</blockquote>;
  if (kind === 'heading')
    return (
      <p>
        <strong>{words(text)}</strong>
      </p>
    );
  return <p>{words(text)}</p>;
}

/** A text in Markdown, rendered. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="v-plain v-markdown">
      {blocksOf(text).map((block, at) => (
        <BlockView key={at} block={block} />
      ))}
    </div>
  );
}
