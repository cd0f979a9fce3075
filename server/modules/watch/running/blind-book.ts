import type { Log } from '#platform/log.ts';
import type { BlindSpan } from '../calm/store-availability.ts';

/** What is asked of a watched check. */
interface Looked {
  readonly stored: { readonly number: number; readonly intervalMs: number };
  readonly last: { readonly at: Date } | null;
}

interface Parts {
  readonly add: (spans: readonly (BlindSpan & { readonly why: 'stopped' | 'late' })[]) => Promise<void>;
  /** Notes that somebody watches; returns when somebody did before. */
  readonly beat: (at: Date) => Promise<Date | null>;
  readonly log: Log;
}

/** So many intervals without a result are more than lateness: nobody looked. */
const lateIntervals = 4;
const leastLateMs = 30_000;
/** A watch that is taken over within this time has missed nothing. */
const takeOverMs = 15_000;
const mostWaiting = 20_000;

/** What was gathered by a clock that has been set back since claims nothing of what is still to come. */
function endedBy<Span extends BlindSpan>(span: Span, now: Date): Span {
  return span.until > now ? { ...span, until: now } : span;
}

/** Keeps the spans in which nobody looked, so that no figure claims to know them. */
export class BlindBook {
  readonly #parts: Parts;
  #waiting: (BlindSpan & { readonly why: 'late' })[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The watch begins: since the last time that somebody watched nobody did. */
  async begin(now: Date): Promise<void> {
    const before = await this.#parts.beat(now);
    if (before === null || now.getTime() - before.getTime() < takeOverMs) return;
    await this.#parts.add([{ checkNumber: null, from: before, until: now, why: 'stopped' }]);
  }

  /** A result came; was the one before too long ago? */
  look({ stored, last }: Looked, at: Date): void {
    if (last === null || this.#waiting.length >= mostWaiting) return;
    const gapMs = at.getTime() - last.at.getTime();
    if (gapMs < Math.max(leastLateMs, stored.intervalMs * lateIntervals)) return;
    const from = new Date(last.at.getTime() + stored.intervalMs);
    this.#waiting.push({ checkNumber: stored.number, from, until: at, why: 'late' });
  }

  /** Notes that somebody watches, and writes what has gathered. Never rejects. */
  async flush(now: Date): Promise<void> {
    const spans = this.#waiting.splice(0);
    try {
      await this.#parts.beat(now);
      await this.#parts.add(spans.filter(({ from }) => from < now).map((span) => endedBy(span, now)));
    } catch (error) {
      this.#waiting.unshift(...spans);
      this.#parts.log.warn({ error: String(error) }, 'spans without results could not be stored yet');
    }
  }
}
