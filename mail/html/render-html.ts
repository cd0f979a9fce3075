import sanitizeHtml from 'sanitize-html';
import type { PassageKind } from '../fold/fold-lines.ts';
import { escapeHtml } from './escape-html.ts';
import { linkTarget, type MailLink } from './link-target.ts';
import type { HtmlToken } from './html-tokens.ts';

/** HTML that may be put into a page: an allow-list of elements and attributes, nothing that loads, runs or styles. */
export interface SafeHtml {
  /**
   * `data-fold` on an element says what passage it is; `data-image` on an image the content id of its attachment;
   * `data-remote` the address of an image that was not loaded; `data-target` the host to which a link really leads, and
   * `data-deceptive` that its text names another one.
   */
  readonly html: string;
  readonly links: readonly MailLink[];
  readonly remoteImages: number;
  /** Images written into the HTML itself, to be kept as attachments; by content id. */
  readonly images: ReadonlyMap<string, { readonly type: string; readonly bytes: Buffer }>;
}

const allowedTags = [
  'a',
  'abbr',
  'address',
  'article',
  'aside',
  'b',
  'bdi',
  'bdo',
  'blockquote',
  'br',
  'caption',
  'center',
  'cite',
  'code',
  'col',
  'colgroup',
  'dd',
  'del',
  'dfn',
  'div',
  'dl',
  'dt',
  'em',
  'figcaption',
  'figure',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'i',
  'img',
  'ins',
  'kbd',
  'li',
  'main',
  'mark',
  'ol',
  'p',
  'pre',
  'q',
  's',
  'samp',
  'section',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'time',
  'tr',
  'tt',
  'u',
  'ul',
  'var',
  'wbr',
];
const allowed = new Set(allowedTags);
const empty = new Set(['br', 'hr', 'img', 'wbr', 'col']);
const everywhere = ['dir', 'lang', 'data-fold'];
const attributesOf: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title', 'rel', 'target', 'data-target', 'data-deceptive'],
  img: ['alt', 'width', 'height', 'data-image', 'data-remote'],
  td: ['colspan', 'rowspan', 'align', 'valign'],
  th: ['colspan', 'rowspan', 'align', 'valign', 'scope'],
  table: ['align'],
  tr: ['align', 'valign'],
  col: ['span'],
  ol: ['start', 'type', 'reversed'],
  p: ['align'],
  div: ['align'],
  bdo: ['dir'],
};

/** The last gate, by a library that many look at: whatever the code below writes, nothing else passes. */
export const htmlGate: sanitizeHtml.IOptions = {
  allowedTags,
  allowedAttributes: {
    '*': everywhere,
    ...Object.fromEntries(Object.entries(attributesOf).map(([tag, names]) => [tag, [...names]])),
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 600,
  parseStyleAttributes: false,
};

const mostLinks = 500;
const mostImages = 50;
const mostImageBytes = 5_000_000;

/** Writes the tokens as HTML that is safe to show. `kindOf` says which passage a text belongs to; `isImage` whether an attachment has that content id. */
export function renderHtml(
  tokens: readonly HtmlToken[],
  kindOf: (token: number) => PassageKind | null,
  isImage: (id: string) => boolean,
): SafeHtml {
  const out: string[] = [];
  const kinds = passageOfElements(tokens, kindOf);
  const sources = new ImageSources(isImage);
  const links: MailLink[] = [];
  const around: (PassageKind | 'mixed' | null)[] = [];
  for (const [at, token] of tokens.entries()) {
    const outer = around.findLast((kind) => kind !== null) ?? 'mixed';
    if (token.type === 'text') {
      const kind = kindOf(at);
      out.push(
        outer === 'mixed' && isFoldable(kind)
          ? `<span data-fold="${kind}">${escapeHtml(token.text)}</span>`
          : escapeHtml(token.text),
      );
    } else if (token.type === 'open') {
      const kind = kinds.get(at) ?? null;
      const isAllowed = allowed.has(token.name);
      around.push(isAllowed || kind === 'mixed' ? kind : null);
      if (!isAllowed) continue;
      const attributes = keptAttributes(token);
      if (outer === 'mixed' && isFoldable(kind)) attributes.set('data-fold', kind);
      if (token.name === 'a') setLink(attributes, textBetween(tokens, at, token.close), links);
      if (token.name === 'img') sources.set(attributes, token.attributes['src'] ?? '');
      out.push(openingTag(token.name, attributes));
    } else {
      around.pop();
      if (allowed.has(token.name) && !empty.has(token.name)) out.push(`</${token.name}>`);
    }
  }
  return { html: sanitizeHtml(out.join(''), htmlGate), links, remoteImages: sources.remote, images: sources.images };
}

function isFoldable(kind: PassageKind | 'mixed' | null): kind is Exclude<PassageKind, 'visible'> {
  return kind !== null && kind !== 'mixed' && kind !== 'visible';
}

/** What the writer's own attributes may say; ours are never his to set. */
function keptAttributes(token: Extract<HtmlToken, { type: 'open' }>): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const name of [...everywhere, ...(attributesOf[token.name] ?? [])]) {
    const value = token.attributes[name];
    if (value !== undefined && !name.startsWith('data-')) attributes.set(name, value.slice(0, 2_000));
  }
  return attributes;
}

function openingTag(name: string, attributes: ReadonlyMap<string, string>): string {
  return `<${name}${[...attributes].map(([each, value]) => ` ${each}="${escapeHtml(value)}"`).join('')}>`;
}

/** What all texts in an element are, or that they differ; nothing when there is none. */
function passageOfElements(
  tokens: readonly HtmlToken[],
  kindOf: (token: number) => PassageKind | null,
): Map<number, PassageKind | 'mixed'> {
  const kinds = new Map<number, PassageKind | 'mixed'>();
  const open: number[] = [];
  const join = (at: number | undefined, kind: PassageKind | 'mixed'): void => {
    if (at === undefined) return;
    const before = kinds.get(at);
    kinds.set(at, before === undefined || before === kind ? kind : 'mixed');
  };
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'open') open.push(at);
    else if (token.type === 'text') {
      const kind = kindOf(at);
      if (kind !== null) join(open.at(-1), kind);
    } else {
      const closed = open.pop();
      const kind = closed === undefined ? undefined : kinds.get(closed);
      if (kind !== undefined) join(open.at(-1), kind);
    }
  }
  return kinds;
}

function setLink(attributes: Map<string, string>, text: string, links: MailLink[]): void {
  const link = linkTarget(attributes.get('href') ?? '', text);
  if (link === null) {
    attributes.delete('href');
    return;
  }
  if (links.length < mostLinks) links.push(link);
  attributes
    .set('href', link.target)
    .set('title', link.target)
    .set('rel', 'noopener noreferrer nofollow')
    .set('target', '_blank')
    .set('data-target', link.host);
  if (link.isDeceptive) attributes.set('data-deceptive', '');
}

function textBetween(tokens: readonly HtmlToken[], from: number, to: number): string {
  let text = '';
  for (let at = from + 1; at < Math.min(to, from + 50) && text.length < 300; at += 1) {
    const token = tokens[at];
    if (token?.type === 'text') text += token.text;
  }
  return text;
}

class ImageSources {
  remote = 0;
  readonly images = new Map<string, { type: string; bytes: Buffer }>();
  #bytes = 0;
  readonly #isImage: (id: string) => boolean;

  constructor(isImage: (id: string) => boolean) {
    this.#isImage = isImage;
  }

  /** Says where an image is to be found, without a source that a browser would load. */
  set(attributes: Map<string, string>, source: string): void {
    const id = /^cid:(?<id>.{1,300})$/iu.exec(source)?.groups?.['id'];
    const named = id === undefined ? source : decodePercent(id);
    if (id !== undefined || this.#isImage(named)) attributes.set('data-image', named.replace(/^<|>$/gu, ''));
    else if (/^data:/iu.test(source)) this.#setOwn(attributes, source);
    else if (/^(?:https?:)?\/\//iu.test(source)) {
      this.remote += 1;
      attributes.set('data-remote', source.slice(0, 2_000));
    }
  }

  #setOwn(attributes: Map<string, string>, source: string): void {
    const head = /^data:(?<type>image\/(?:png|jpeg|jpg|gif|webp|bmp));base64,/iu.exec(source.slice(0, 100));
    const type = head?.groups?.['type'];
    if (head === null || type === undefined || this.images.size >= mostImages) return;
    const bytes = Buffer.from(source.slice(head[0].length), 'base64');
    this.#bytes += bytes.length;
    if (this.#bytes > mostImageBytes) return;
    const id = `inline-${this.images.size + 1}`;
    this.images.set(id, { type: type.toLowerCase(), bytes });
    attributes.set('data-image', id);
  }
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
