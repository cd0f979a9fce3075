import type { Runbook } from '#contract/upkeep.ts';

const mostShown = 10;

/** Words of a text, without accents or case, so that « Échec » finds "echec". */
function wordsOf(text: string): Set<string> {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return new Set(plain.match(/[\p{L}\p{N}]{2,}/gu) ?? []);
}

/** How well one text's words are found in the symptoms, 0 to 1. */
function share(text: string, seen: ReadonlySet<string>): number {
  const words = [...wordsOf(text)];
  return words.length === 0 ? 0 : words.filter((word) => seen.has(word)).length / words.length;
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
