import { findHeader } from '#analyse/logs/find-header.ts';
import { TemplateFinder } from '#analyse/logs/template-finder.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';

/** What is remembered of a log across restarts. */
export interface LogMemory {
  readonly version: 1;
  readonly shapes: readonly (readonly string[])[];
  /** Its first lines: what stands before each message is learnt from them. */
  readonly head: readonly string[];
}

/** Lines of one kind that came within one slot. */
export interface CountedLines {
  readonly slotMs: number;
  readonly id: string;
  readonly text: string;
  /** The newest line. */
  readonly sample: string;
  readonly lines: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Lines are counted by so much time. */
export const slotMs = 600_000;
/** A check keeps some hundred kilobytes at most; a program that writes more kinds of line than this writes no log. */
const bounds = { shapes: 2_000, contexts: 20_000, quick: 4_000 };
/** Kinds of line counted in one slot; what comes besides is one of too many to tell anything. */
const mostInSlot = 300;
const headLines = 30;
const longestLine = 2_048;
const longestText = 400;
const longestSample = 300;

/** Sorts the lines of one log by their kinds, and counts them until they are stored. */
export class LogBook {
  readonly #finder: TemplateFinder;
  readonly #head: string[];
  #start: (line: string) => number;
  #counted = new Map<string, CountedLines>();
  readonly #perSlot = new Map<number, Set<string>>();
  #stored: number;

  constructor(memory: LogMemory | null) {
    this.#finder =
      memory === null
        ? new TemplateFinder(bounds)
        : TemplateFinder.resume({ version: 1, shapes: memory.shapes }, bounds);
    this.#head = [...(memory?.head ?? [])];
    this.#start = findHeader(this.#head);
    this.#stored = memory === null ? -1 : this.#sizeNow();
  }

  #sizeNow(): number {
    return this.#finder.size + this.#head.length;
  }

  /** Counts a line that was read at this time. */
  take(line: string, atMs: number): void {
    const cut = line.slice(0, longestLine);
    if (this.#head.length < headLines && cut.trim() !== '') {
      this.#head.push(cut.slice(0, longestSample));
      this.#start = findHeader(this.#head);
    }
    const message = cut.slice(this.#start(cut)).trim();
    if (message === '') return;
    const { id, text } = this.#finder.take(message);
    const slot = Math.floor(atMs / slotMs) * slotMs;
    const key = `${slot} ${id}`;
    const before = this.#counted.get(key);
    if (before === undefined && !this.#hasRoom(slot, id)) return;
    this.#counted.set(key, {
      slotMs: slot,
      id,
      text: sanitiseOutput(text, longestText),
      sample: sanitiseOutput(message, longestSample),
      lines: (before?.lines ?? 0) + 1,
      firstMs: before?.firstMs ?? atMs,
      lastMs: atMs,
    });
  }

  #hasRoom(slot: number, id: string): boolean {
    let known = this.#perSlot.get(slot);
    if (known === undefined) {
      this.#perSlot.clear();
      this.#perSlot.set(slot, (known = new Set()));
    }
    if (known.size >= mostInSlot && !known.has(id)) return false;
    known.add(id);
    return true;
  }

  /** What was counted since it was asked for last. */
  counted(): readonly CountedLines[] {
    const counted = [...this.#counted.values()];
    this.#counted = new Map();
    return counted;
  }

  /** What is to be remembered; null when that has not changed. */
  memory(): LogMemory | null {
    const size = this.#sizeNow();
    if (size === this.#stored) return null;
    this.#stored = size;
    return { version: 1, shapes: this.#finder.save().shapes, head: this.#head };
  }
}
