import { TermPlaces } from './term-places.ts';

/** Bytes of the first block of a list, and of the largest; each next one is twice as large. */
const firstBytes = 16;
const largestBytes = 2048;
/** A block begins with where the next one is. */
const linkBytes = 4;
/** More of a term in one entry counts as this often. */
const mostTimes = 15;

/** The entries that have a term, removed ones too; good until the next list is read. */
export interface Postings {
  readonly count: number;
  readonly documents: Int32Array;
  /** How often in the title (upper four bits) and in the text (lower four). */
  readonly times: Uint8Array;
}

/**
 * For each term the entries that have it, in the order they came: distances of some seven bits each and a byte for how
 * often, in blocks of one shared memory. Lists only grow; an entry that is removed is passed over by whoever reads.
 */
export class PostingLists {
  private readonly places = new TermPlaces();
  private memory = new Uint8Array(1 << 16);
  private used = 0;
  /** Of each list: first block, where to write, where its last block ends, size of that, newest entry, entries alive. */
  private first = new Int32Array(1024);
  private at = new Int32Array(1024);
  private end = new Int32Array(1024);
  private blockBytes = new Uint16Array(1024);
  private newest = new Int32Array(1024);
  private alive = new Int32Array(1024);
  /** Bytes of each list. */
  private written = new Int32Array(1024);
  private documents = new Int32Array(1024);
  private times = new Uint8Array(1024);

  /** Adds an entry with a larger number than any before. */
  add(term: number, document: number, inTitle: number, inText: number): void {
    const known = this.places.find(term);
    const list = known < 0 ? this.begin(term) : known;
    let apart = document - (this.newest[list] ?? -1);
    this.newest[list] = document;
    this.alive[list] = (this.alive[list] ?? 0) + 1;
    for (; apart > 127; apart >>>= 7) this.write(list, (apart & 127) | 128);
    this.write(list, apart);
    this.write(list, (Math.min(mostTimes, inTitle) << 4) | Math.min(mostTimes, inText));
  }

  /** One entry less has the term. */
  forget(term: number): void {
    const list = this.places.find(term);
    if (list >= 0) this.alive[list] = (this.alive[list] ?? 0) - 1;
  }

  /** How many entries have the term. */
  count(term: number): number {
    return this.alive[this.places.find(term)] ?? 0;
  }

  /** All entries that have the term. */
  read(term: number): Postings {
    const list = this.places.find(term);
    if (list < 0) return { count: 0, documents: this.documents, times: this.times };
    // An entry takes two bytes at least.
    const most = (this.written[list] ?? 0) >> 1;
    if (this.documents.length < most) {
      this.documents = new Int32Array(2 * most);
      this.times = new Uint8Array(2 * most);
    }
    const { memory, documents, times } = this;
    const last = this.at[list] ?? 0;
    let block = this.first[list] ?? 0;
    let size = firstBytes;
    let at = block + linkBytes;
    let [count, document, shift, apart] = [0, -1, 0, 0];
    let isTimes = false;
    while (at !== last) {
      if (at === block + size) {
        block = this.linkAt(block);
        size = Math.min(largestBytes, 2 * size);
        at = block + linkBytes;
        continue;
      }
      const byte = memory[at] ?? 0;
      at += 1;
      if (isTimes) {
        documents[count] = document;
        times[count] = byte;
        count += 1;
        isTimes = false;
      } else {
        apart |= (byte & 127) << shift;
        shift += 7;
        if (byte > 127) continue;
        document += apart;
        shift = 0;
        apart = 0;
        isTimes = true;
      }
    }
    return { count, documents, times };
  }

  private begin(term: number): number {
    const list = this.places.add(term);
    if (list === this.first.length) {
      this.first = longer(this.first, new Int32Array(2 * list));
      this.at = longer(this.at, new Int32Array(2 * list));
      this.end = longer(this.end, new Int32Array(2 * list));
      this.newest = longer(this.newest, new Int32Array(2 * list));
      this.alive = longer(this.alive, new Int32Array(2 * list));
      this.written = longer(this.written, new Int32Array(2 * list));
      this.blockBytes = longer(this.blockBytes, new Uint16Array(2 * list));
    }
    this.newest[list] = -1;
    this.first[list] = this.block(list, firstBytes);
    return list;
  }

  private write(list: number, byte: number): void {
    let at = this.at[list] ?? 0;
    const end = this.end[list] ?? 0;
    if (at === end) {
      const bytes = this.blockBytes[list] ?? firstBytes;
      const next = this.block(list, Math.min(largestBytes, 2 * bytes));
      new DataView(this.memory.buffer).setInt32(end - bytes, next);
      at = next + linkBytes;
    }
    this.memory[at] = byte;
    this.at[list] = at + 1;
    this.written[list] = (this.written[list] ?? 0) + 1;
  }

  /** Makes a new block the last of a list. */
  private block(list: number, bytes: number): number {
    const from = this.used;
    this.used += bytes;
    if (this.used > this.memory.length) {
      this.memory = longer(this.memory, new Uint8Array(Math.max(this.used, Math.ceil(this.memory.length * 1.5))));
    }
    this.at[list] = from + linkBytes;
    this.end[list] = from + bytes;
    this.blockBytes[list] = bytes;
    return from;
  }

  private linkAt(block: number): number {
    return new DataView(this.memory.buffer).getInt32(block);
  }
}

function longer<T extends Uint8Array | Int32Array | Uint16Array>(short: T, long: T): T {
  long.set(short);
  return long;
}
