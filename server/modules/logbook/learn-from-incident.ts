import { v7 as uuid } from 'uuid';
import type { Fact } from '#contract/facts.ts';
import type { Unit } from '#platform/outbox.ts';
import { vigie } from './entry-of-fact.ts';
import { lessonOf } from './lesson.ts';
import { incidentStore, type KeptIncident } from './store-incident.ts';
import { solutionStore } from './store-solution.ts';
import { remedyRunStore, symptomStore } from './store-symptom.ts';
import { useStore } from './store-use.ts';

const longestTitle = 200;
const longestSymptom = 5_000;

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

/** Learns from a resolved incident: counts the solutions that were used, and drafts one when none of them worked. */
export async function learnFromIncident(
  unit: Unit<'logbook'>,
  fact: Fact<'desk.incidentResolved'>,
  incident: KeptIncident,
): Promise<void> {
  const { payload, at } = fact;
  const { ticketId } = payload;
  const incidents = incidentStore(unit.db);
  const solutions = solutionStore(unit.db);
  const uses = useStore(unit.db);
  const runs = await remedyRunStore(unit.db).ofTicket(ticketId);
  const ran = new Set([...payload.runbookIds, ...runs.map(({ runbookId }) => runbookId)]);
  const known = await uses.known(payload.solutionId, [...ran]);
  const lesson = lessonOf({ causeId: payload.cause?.id ?? null, solutionId: payload.solutionId, runs }, known);
  const symptoms = await symptomStore(unit.db).ofTicket(ticketId);
  const checkKinds = [...new Set(symptoms.map(({ checkKind }) => checkKind))];
  for (const id of lesson.failed) await uses.countUse(id, { ticketId, worked: false, at });
  for (const id of lesson.worked) {
    await uses.countUse(id, { ticketId, worked: true, at });
    await uses.addKinds(id, checkKinds);
    await unit.live('logbook.solution', id);
  }
  if (!lesson.draft) return;
  const language = (await incidents.languageOf(payload.by)) ?? 'en';
  const told = symptoms.map(({ checkName, summary }) => `${checkName}: ${summary[language]}`);
  const symptom = [...new Set(told)].join('\n') || incident.summary[language] || payload.title[language];
  const id = uuid();
  const drafted = await solutions.add({
    id,
    // A title stands on one line and has no full stop.
    title: cut(payload.title[language].replaceAll(/[\r\n\u2028\u2029]+/gu, ' ').replace(/\.$/u, ''), longestTitle),
    symptom: cut(symptom, longestSymptom),
    cause: payload.causeText,
    remedy: payload.remedyText,
    language,
    runbookId: lesson.runbookId,
    thing: payload.cause,
    state: 'draft',
    createdAt: at,
    createdBy: vigie,
    fromTicketId: ticketId,
    checkKinds,
  });
  if (!drafted) return;
  await uses.countUse(id, { ticketId, worked: true, at });
  await unit.publish('logbook.solutionDrafted', { solutionId: id, ticketId });
  await unit.live('logbook.solution', id);
}
