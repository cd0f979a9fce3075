import type { Runbook } from '#contract/upkeep.ts';

const mostShown = 10;

/** Words of a text, without accents or case, so that « Échec » finds "echec". */
function wordsOf(text: string): Set<string> {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return new Set(plain.match(/[\p{L}\p{N}]{2,}/gu) ?? []);
}

/**
 * Words that differ in their ending only: "connexion" finds "connexions", "refusée" finds "refuse". Endings carry number,
 * gender and tense in both languages; what stands before them is at least three quarters of the word.
 */
function isAkin(one: string, other: string): boolean {
  const longer = Math.max(one.length, other.length);
  const alike = Math.max(4, Math.ceil(longer * 0.75));
  return (
    one === other || (one.length >= alike && other.length >= alike && one.slice(0, alike) === other.slice(0, alike))
  );
}

/** How well one text's words are found in the symptoms, 0 to 1. */
function share(text: string, seen: ReadonlySet<string>): number {
  const words = [...wordsOf(text)];
  return words.length === 0 ? 0 : words.filter((word) => isSeen(word, seen)).length / words.length;
}

function isSeen(word: string, seen: ReadonlySet<string>): boolean {
  return seen.has(word) || [...seen].some((other) => isAkin(word, other));
}

/** Runbooks that fit symptoms, best first: by their best symptom, then by how often they helped. */
export function rankRunbooks(runbooks: readonly Runbook[], symptoms: string): Runbook[] {
  const seen = wordsOf(symptoms);
  return runbooks
    .map((runbook) => ({
      runbook,
      fit: Math.max(share(runbook.name, seen) * 0.8, 0, ...runbook.symptoms.map((symptom) => share(symptom, seen))),
      helped: runbook.successCount / Math.max(1, runbook.runCount),
    }))
    .filter(({ fit }) => fit >= 0.3)
    .toSorted((one, other) => other.fit - one.fit || other.helped - one.helped)
    .slice(0, mostShown)
    .map(({ runbook }) => runbook);
}
