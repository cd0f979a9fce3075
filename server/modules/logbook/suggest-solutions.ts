import type { Solution } from '#contract/logbook.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import * as en from '#texts/en/logbook.ts';
import * as fr from '#texts/fr/logbook.ts';
import type { KnownAnswers } from './known-answers.ts';
import { rankSolutions, type Ranked } from './rank-solutions.ts';
import { askedTicket } from './store-asked.ts';
import { symptomStore } from './store-symptom.ts';
import { useStore, wordsOf } from './store-use.ts';

const mostAnswers = 20;
const reasons = { en: en.reasons, fr: fr.reasons };

/** Why a solution is suggested, in sentences of the reader's language. */
export function whySuggested(ranked: Ranked, { worked, failed, thing }: Solution, language: Language): string {
  const say = reasons[language];
  const kinds = ranked.sameKinds.join(', ');
  const sentences: string[] = [];
  if (ranked.sameCause && kinds !== '') sentences.push(say.sameCauseAndKind(thing?.name ?? '', kinds));
  else if (ranked.sameCause) sentences.push(say.sameCause(thing?.name ?? ''));
  else if (kinds !== '') sentences.push(say.sameKind(kinds));
  if (ranked.sameWords.length > 0) sentences.push(say.sameWords(ranked.sameWords.join(', ')));
  if (ranked.passage !== '') sentences.push(say.passage(ranked.passage.replace(/\.$/u, '')));
  sentences.push(worked + failed === 0 ? say.neverUsed : say.worked(worked, worked + failed));
  return sentences.join(' ');
}

/**
 * Solutions that may answer a ticket of whatever kind, best first; the one drafted from this very incident is not among
 * them.
 */
export async function suggestSolutions(
  { db, known, now }: { readonly db: Database<'logbook'>; readonly known: KnownAnswers; readonly now: Date },
  ticketId: string,
  language: Language,
): Promise<{ solution: Solution; score: number; why: string }[]> {
  const incident = await askedTicket(db, ticketId);
  if (incident === null) throw new Refusal('not_found');
  const symptoms = await symptomStore(db).ofTicket(ticketId);
  const { title, summary, cause, said: asked } = incident;
  const said = [title, summary, ...symptoms.map((symptom) => symptom.summary)].flatMap((each) => [each.en, each.fr]);
  const text = [...new Set([...said, ...symptoms.map(({ checkName }) => checkName), asked])]
    .join('\n')
    .slice(0, 20_000);
  const picture = {
    causeId: cause?.id ?? null,
    checkKinds: [...new Set(symptoms.map(({ checkKind }) => checkKind))],
  };
  const store = useStore(db);
  const [answers, words] = await Promise.all([known.find(text, now, mostAnswers), wordsOf(db, text)]);
  const alike = answers.map(({ id }) => id);
  const found = (await store.candidates({ ...picture, alike })).filter(
    ({ solution }) => solution.fromTicketId !== ticketId,
  );
  const byId = new Map(found.map(({ solution }) => [solution.id, solution]));
  const ranked = rankSolutions(
    { ...picture, words, told: new Map(answers.map((each) => [each.id, each])) },
    found.map(({ candidate }) => candidate),
  );
  return ranked.flatMap((place) => {
    const solution = byId.get(place.id);
    return solution === undefined
      ? []
      : [{ solution, score: place.score, why: whySuggested(place, solution, language) }];
  });
}
