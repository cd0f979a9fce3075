import type { TellingLine } from '#contract/advice-logs.ts';

/** A kind of line as it came near a moment, and before. */
export interface LineHistory {
  readonly checkId: string;
  readonly templateId: string;
  readonly text: string;
  readonly sample: string;
  /** When it was seen first of all. */
  readonly firstAt: Date;
  /** The ten minutes in which it came first in the time that is looked at. */
  readonly firstSlot: Date;
  readonly lines: number;
  /** The most in any time as long as the one that is looked at, of the fortnight before. */
  readonly mostBefore: number;
  /** Since when its log is read. */
  readonly readSince: Date;
}

/** A kind of line that tells something. */
export interface Telling extends LineHistory {
  readonly what: TellingLine['what'];
}

const hourMs = 3_600_000;
/** A log that is read for less than this knows nothing yet; for less than a day it does not know what is often. */
const knownAfterMs = hourMs;
const usualAfterMs = 24 * hourMs;
const leastMore = 5;
const moreBy = 3;
const mostTold = 12;
/** Words of trouble, in the languages that programs write. */
const trouble =
  /\b(?:error|erreur|fail(?:ed|ure)?|échec|fatal|panic|critical|alert|emerg|refus\w+|denied|timed? ?out|timeout|corrupt\w*|killed|out of memory|no space|unreachable|exception|abort\w*|warn(?:ing)?)\b/iu;

function weight({ what, lines, mostBefore, text }: Telling): number {
  const surprise = what === 'new' ? 2 + Math.log10(lines) : Math.log10(lines / (mostBefore + 1)) + 1;
  return surprise + (trouble.test(text) ? 2 : 0);
}

/** The kinds of line that were new when something began at `from`, or came much more often than ever; the most telling first. */
export function tellingLines(histories: readonly LineHistory[], from: Date): readonly Telling[] {
  const telling = histories.flatMap((each): Telling[] => {
    const knownForMs = from.getTime() - each.readSince.getTime();
    if (knownForMs < knownAfterMs) return [];
    if (each.firstAt >= from) return [{ ...each, what: 'new' }];
    if (knownForMs < usualAfterMs || each.lines < leastMore) return [];
    return each.lines >= moreBy * Math.max(1, each.mostBefore) ? [{ ...each, what: 'more' }] : [];
  });
  return telling.toSorted((one, other) => weight(other) - weight(one)).slice(0, mostTold);
}
