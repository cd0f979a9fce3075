import type { RecommendationState } from '#contract/advice.ts';
import type { Finding } from './finding.ts';

/** A recommendation as far as deciding about it goes. */
export interface Standing {
  readonly state: RecommendationState;
  readonly declinedExtent: number | null;
}

/** What was declined comes back when there is a quarter more to it. */
const grownBy = 1.25;

/** How its importance follows from the services that suffer. */
const importanceOf: Readonly<Record<string, number>> = { low: 0.4, normal: 0.6, high: 0.8, critical: 1 };

/** The most important of what suffers; something of its own that nothing depends on is worth half. */
export function importanceShare(words: readonly string[]): number {
  return words.reduce((most, word) => Math.max(most, importanceOf[word] ?? 0), 0.5);
}

/** 0 to 100. */
export function weightOf(
  { gainShare, certainty }: Pick<Finding, 'gainShare' | 'certainty'>,
  importance: number,
): number {
  return Math.round(1_000 * gainShare * certainty * importance) / 10;
}

/** The state of a recommendation whose finding was made again. */
export function stateWhenFound(standing: Standing | null, { extent }: Pick<Finding, 'extent'>): RecommendationState {
  if (standing === null) return 'open';
  switch (standing.state) {
    case 'declined':
      return extent >= (standing.declinedExtent ?? 0) * grownBy ? 'open' : 'declined';
    case 'expired':
      // Expired after it was declined: what was said of it then still holds.
      return standing.declinedExtent !== null && extent < standing.declinedExtent * grownBy ? 'declined' : 'open';
    default:
      return standing.state;
  }
}

/** The state of one whose finding was not made any more; what somebody decided stays. */
export function stateWhenGone(state: RecommendationState): RecommendationState {
  return state === 'open' ? 'expired' : state;
}

/** From which state each decision may be taken. */
export const mayBecome: Readonly<Record<'accept' | 'done' | 'decline' | 'reopen', readonly RecommendationState[]>> = {
  accept: ['open'],
  done: ['open', 'accepted'],
  decline: ['open', 'accepted'],
  reopen: ['accepted', 'done', 'declined'],
};
