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
  const reader = new RtfReader(isHtml);
  for (const match of rtf.matchAll(token)) {
    const { hex, word, number, symbol, brace, plain } = match.groups ?? {};
    if (brace === '{') reader.open();
    else if (brace === '}') reader.close();
    else if (hex !== undefined) reader.byte(Number.parseInt(hex, 16));
    else if (word !== undefined) reader.word(word, number);
    else if (symbol !== undefined) reader.symbol(symbol);
    else if (plain !== undefined) reader.plain(plain);
  }
  const text = reader.finish();
  return isHtml ? { text: '', html: text } : { text: text.trim(), html: '' };
}

class RtfReader {
  readonly #isHtml: boolean;
  readonly #outer: Group[] = [];
  #group: Group = { isSilent: false, isHtmlTag: false, fallback: 1 };
  readonly #out: string[] = [];
  #codepage = 'windows-1252';
  /** Bytes that wait for what follows: a sign may have several. */
  #bytes: number[] = [];
  #isHidden = false;
  #toSkip = 0;

  constructor(isHtml: boolean) {
    this.#isHtml = isHtml;
  }

  open(): void {
    if (this.#outer.length >= deepest) return;
    this.#outer.push(this.#group);
    this.#group = { ...this.#group };
  }

  close(): void {
    this.#flush();
    this.#group = this.#outer.pop() ?? this.#group;
  }

  byte(byte: number): void {
    if (this.#toSkip > 0) this.#toSkip -= 1;
    else if (this.#isSeen) this.#bytes.push(byte);
  }

  word(word: string, number: string | undefined): void {
    this.#flush();
    if (word === 'ansicpg') this.#codepage = `windows-${number ?? '1252'}`;
    else if (word === 'htmlrtf') this.#isHidden = number !== '0';
    else if (word === 'htmltag') Object.assign(this.#group, { isSilent: false, isHtmlTag: true });
    else if (word === 'uc') this.#group.fallback = Math.min(Number(number ?? 1), 10);
    else if (word === 'u') {
      this.#say(String.fromCharCode(Number(number ?? 0) & 0xffff));
      this.#toSkip = this.#group.fallback;
    } else if (silentWords.has(word)) this.#group.isSilent = true;
    else this.#sayWord(word);
  }

  symbol(symbol: string): void {
    if (symbol === '*') this.#group.isSilent = true;
    else if (symbol === '~') this.#say('\u00A0');
    else if ('\\{}'.includes(symbol)) this.#say(symbol);
  }

  plain(text: string): void {
    this.#say(text.slice(Math.min(this.#toSkip, text.length)));
    this.#toSkip = 0;
  }

  finish(): string {
    this.#flush();
    return this.#out.join('').toWellFormed();
  }

  get #isSeen(): boolean {
    return !this.#group.isSilent && !(this.#isHtml && this.#isHidden && !this.#group.isHtmlTag);
  }

  #sayWord(word: string): void {
    const sign = signs[word];
    if (sign === undefined) return;
    // Between the tags of hidden HTML, RTF's own signs are only ends of lines.
    this.#say(this.#isHtml && !this.#group.isHtmlTag && word !== 'tab' ? '\n' : sign);
  }

  #say(text: string): void {
    this.#flush();
    if (this.#isSeen) this.#out.push(text);
  }

  #flush(): void {
    if (this.#bytes.length > 0) this.#out.push(decodeText(Uint8Array.from(this.#bytes), this.#codepage).text);
    this.#bytes = [];
  }
}
