import { Parser } from 'htmlparser2';

/** A piece of HTML: an element opens or closes, or there is text. Elements are properly nested. */
export type HtmlToken =
  | {
      readonly type: 'open';
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
      close: number;
    }
  | { readonly type: 'close'; readonly name: string }
  | { readonly type: 'text'; readonly text: string };

const silent = new Set([
  'script',
  'style',
  'title',
  'head',
  'template',
  'noscript',
  'svg',
  'math',
  'object',
  'iframe',
  'textarea',
  'select',
  'xmp',
  'noembed',
  'noframes',
  'o:p-hidden',
]);

/** No mail program nests deeper; the parser looks through all that is open at each end tag. */
const deepest = 512;
const tooDeep = new Error('too deep');

/**
 * Cuts HTML into a flat list, so that nothing below has to climb into itself however deep it is nested. What is not for
 * reading (scripts, styles, drawings) is left out; each opening knows where its closing stands. Null when it is nested deeper than any
 * mail program does.
 */
export function htmlTokens(
  html: string,
  mostTokens: number,
): { readonly tokens: readonly HtmlToken[]; readonly isCut: boolean } | null {
  const tokens: HtmlToken[] = [];
  const open: Extract<HtmlToken, { type: 'open' }>[] = [];
  let silence = 0;
  // The parser hands a text over in as many pieces as it has odd signs.
  let pieces: string[] = [];
  const flush = (): void => {
    if (pieces.length > 0) tokens.push({ type: 'text', text: pieces.join('') });
    pieces = [];
  };
  let isCut = false;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > deepest) throw tooDeep;
        if (silent.has(name)) silence += 1;
        if (silence > 0) return;
        flush();
        if (tokens.length >= mostTokens) {
          isCut = true;
          return;
        }
        const token = { type: 'open' as const, name, attributes, close: -1 };
        open.push(token);
        tokens.push(token);
      },
      onclosetag(name) {
        depth -= 1;
        if (silent.has(name) && silence > 0) {
          silence -= 1;
          return;
        }
        if (silence > 0 || open.at(-1)?.name !== name) return;
        flush();
        const opened = open.pop();
        if (opened !== undefined) opened.close = tokens.length;
        tokens.push({ type: 'close', name });
      },
      ontext(text) {
        if (silence > 0 || tokens.length >= mostTokens) return;
        pieces.push(text);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  try {
    parser.write(html);
    parser.end();
  } catch (error) {
    if (error === tooDeep) return null;
    throw error;
  }
  flush();
  while (open.length > 0) {
    const opened = open.pop();
    if (opened === undefined) break;
    opened.close = tokens.length;
    tokens.push({ type: 'close', name: opened.name });
  }
  return { tokens, isCut };
}
