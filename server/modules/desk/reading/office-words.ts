import type { Readable } from 'node:stream';
import { Parser } from 'htmlparser2';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { ClosedFile } from './closed-file.ts';
import type { WordSink } from './word-sink.ts';

/** Bounds of one archive: what it says of its sizes is not believed. */
const mostEntries = 5_000;
const mostPartBytes = 40_000_000;
const mostAllBytes = 120_000_000;
/** No office program nests so deep; a parser that remembers what is open gets slow there. */
const deepest = 1_000;

/** Where an office file has its words: the parts themselves, and the element whose text is a word; null takes all text. */
interface Format {
  readonly part: RegExp;
  readonly texts: ReadonlySet<string> | null;
}

/** Office Open XML (ECMA-376): text lies in `t` elements, whatever their prefix. OpenDocument (ISO 26300): all in content.xml. */
const formats: readonly Format[] = [
  { part: /^word\/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$/u, texts: new Set(['t']) },
  { part: /^xl\/(?:sharedStrings|comments\d*|worksheets\/sheet\d+)\.xml$/u, texts: new Set(['t', 'v']) },
  { part: /^ppt\/(?:slides\/slide|notesSlides\/notesSlide|comments\/comment)\d+\.xml$/u, texts: new Set(['t']) },
  { part: /^content\.xml$/u, texts: null },
];

/** What ends a line or a cell, so that words of two do not become one. */
const breaks = new Set(['p', 'h', 'tr', 'br', 'tab', 'line-break', 'table-cell', 'si', 'c', 'row', 'list-item', 's']);

/** The words of an office file (docx, xlsx, pptx, odt, ods, odp); false when the archive is none of these. */
export async function officeWords(bytes: Buffer, sink: WordSink): Promise<boolean> {
  const zip = await open(bytes);
  let left = mostAllBytes;
  let isOffice = false;
  try {
    for await (const entry of entriesOf(zip)) {
      if (await isClosed(zip, entry)) throw new ClosedFile('encrypted');
      const format = formats.find(({ part }) => part.test(entry.fileName));
      if (format === undefined) continue;
      isOffice = true;
      left -= await readPart(await streamOf(zip, entry), format, sink, Math.min(left, mostPartBytes));
      if (left <= 0 || sink.isFull) break;
    }
  } finally {
    zip.close();
  }
  return isOffice;
}

/** More of a manifest is not looked at; it stands at its beginning how the parts are encrypted. */
const mostManifestBytes = 200_000;

/**
 * Whether a part says that the document is closed with a password: by the archive itself, by an OpenDocument manifest that
 * tells how its parts are encrypted (ISO 26300-3, 3.4.1), or as one encrypted package (OpenDocument 1.4).
 */
async function isClosed(zip: ZipFile, entry: Entry): Promise<boolean> {
  if (entry.isEncrypted() || entry.fileName === 'encrypted-package') return true;
  if (entry.fileName !== 'META-INF/manifest.xml') return false;
  const stream = await streamOf(zip, entry);
  let head = '';
  for await (const piece of stream) {
    head += String(piece);
    if (head.length > mostManifestBytes) break;
  }
  stream.destroy();
  return head.includes('encryption-data');
}

function open(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Entries are asked for one by one; a part whose size is not as it says ends with an error.
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error === null ? resolve(zip) : reject(error),
    );
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (let count = 0; count < Math.min(zip.entryCount, mostEntries); count += 1) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const heard = (value: Entry | null, error?: Error): void => {
        zip.removeAllListeners();
        if (error === undefined) resolve(value);
        else reject(error);
      };
      zip.once('entry', (found: Entry) => heard(found));
      zip.once('end', () => heard(null));
      zip.once('error', (error: Error) => heard(null, error));
      zip.readEntry();
    });
    if (entry === null) return;
    yield entry;
  }
}

function streamOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error)));
  });
}

/** Reads one part as far as its bound; how many bytes that were. */
async function readPart(stream: Readable, { texts }: Format, sink: WordSink, mostBytes: number): Promise<number> {
  const decoder = new TextDecoder('utf-8');
  let depth = 0;
  let nested = 0;
  // No entity of the document's own making is known to this parser: none can grow.
  const parser = new Parser(
    {
      onopentag(name) {
        const local = localName(name);
        nested += 1;
        if (texts?.has(local) === true) depth += 1;
        if (breaks.has(local)) sink.add(' ');
      },
      onclosetag(name) {
        const local = localName(name);
        nested -= 1;
        if (texts?.has(local) === true) depth -= 1;
        if (breaks.has(local)) sink.add('\n');
      },
      ontext(text) {
        if (texts === null || depth > 0) sink.add(text);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  let length = 0;
  for await (const piece of stream) {
    if (!Buffer.isBuffer(piece)) continue;
    length += piece.length;
    if (length > mostBytes || nested > deepest || sink.isFull) break;
    parser.write(decoder.decode(piece, { stream: true }));
  }
  stream.destroy();
  sink.add('\n');
  return length;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
