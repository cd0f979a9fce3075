import { decodeText } from '../read/charset.ts';

/** What an RTF says: plain, and the HTML that Exchange hid in it (MS-OXRTFEX), if it did. */
export interface RtfText {
  readonly text: string;
  readonly html: string;
}

interface Group {
  /** Nothing in it is for readers. */
  isSilent: boolean;
  isHtmlTag: boolean;
  /** Bytes that stand for a sign given as Unicode before. */
  fallback: number;
}

const token =
  /\\(?:'(?<hex>[0-9a-fA-F]{2})|(?<word>[a-zA-Z]{1,32})(?<number>-?\d{1,10})? ?|(?<symbol>[^a-zA-Z]))|(?<brace>[{}])|(?<plain>[^\\{}\r\n]+)|[\r\n]+/gu;
const silentWords = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'header',
  'footer',
  'generator',
  'themedata',
  'datastore',
  'listtable',
  'xmlnstbl',
]);
const signs: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
};
const deepest = 200;

/** Reads the text of an RTF in one pass. */
export function rtfText(rtf: string): RtfText {
  const isHtml = rtf.slice(0, 2_000).includes('\\fromhtml1');
  const groups: Group[] = [{ isSilent: false, isHtmlTag: false, fallback: 1 }];
  const out: string[] = [];
  let codepage = 'windows-1252';
  let bytes: number[] = [];
  let isHidden = false;
  let toSkip = 0;
  const flush = (): void => {
    if (bytes.length > 0) out.push(decodeText(Uint8Array.from(bytes), codepage).text);
    bytes = [];
  };
  const isSeen = (): boolean => {
    const group = groups.at(-1);
    return group !== undefined && !group.isSilent && !(isHtml && isHidden && !group.isHtmlTag);
  };
  const say = (text: string): void => {
    flush();
    if (isSeen()) out.push(text);
  };
  for (const match of rtf.matchAll(token)) {
    const { hex, word, number, symbol, brace, plain } = match.groups ?? {};
    const group = groups.at(-1);
    if (group === undefined) break;
    if (brace === '{') {
      if (groups.length < deepest) groups.push({ ...group });
    } else if (brace === '}') {
      flush();
      if (groups.length > 1) groups.pop();
    } else if (hex !== undefined) {
      if (toSkip > 0) toSkip -= 1;
      else if (isSeen()) bytes.push(Number.parseInt(hex, 16));
    } else if (word !== undefined) {
      flush();
      if (word === 'ansicpg') codepage = `windows-${number ?? '1252'}`;
      else if (word === 'htmlrtf') isHidden = number !== '0';
      else if (word === 'htmltag') Object.assign(group, { isSilent: false, isHtmlTag: true });
      else if (word === 'uc') group.fallback = Math.min(Number(number ?? 1), 10);
      else if (word === 'u') {
        say(String.fromCharCode(Number(number ?? 0) & 0xffff));
        toSkip = group.fallback;
      } else if (silentWords.has(word)) group.isSilent = true;
      else if (signs[word] !== undefined)
        say(isHtml && !group.isHtmlTag && word !== 'tab' ? '\n' : (signs[word] ?? ''));
    } else if (symbol !== undefined) {
      if (symbol === '*') group.isSilent = true;
      else if (symbol === '~') say('\u00A0');
      else if ('\\{}'.includes(symbol)) say(symbol);
    } else if (plain !== undefined) {
      say(plain.slice(Math.min(toSkip, plain.length)));
      toSkip = 0;
    }
  }
  flush();
  const text = out.join('').toWellFormed();
  return isHtml ? { text: '', html: text } : { text: text.trim(), html: '' };
}
