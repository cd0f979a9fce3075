import type { Fact } from '#contract/facts.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { appendEntry } from './append-entry.ts';
import { entryOfFact, vigie, type AnyFact, type EntryDraft } from './entry-of-fact.ts';
import { learnFromIncident } from './learn-from-incident.ts';
import { stateLine } from './state-line.ts';
import { incidentStore, type KeptIncident } from './store-incident.ts';
import { remedyRunStore, symptomStore } from './store-symptom.ts';
import { thingStore } from './store-thing.ts';

const hourMs = 3_600_000;

type IncidentFact = Extract<
  AnyFact,
  { readonly name: 'desk.incidentOpened' | 'desk.incidentReopened' | 'desk.incidentResolved' }
>;

function incidentOf(fact: IncidentFact): KeptIncident {
  const { ticketId, number, title, cause, causeKey, failingSince } = fact.payload;
  const summary = fact.name === 'desk.incidentResolved' ? { en: '', fr: '' } : fact.payload.summary;
  return { ticketId, number, title, summary, cause, causeKey, failingSince: new Date(failingSince) };
}

/** Keeps what later facts and suggestions will need of this one. */
async function keep(unit: Unit<'logbook'>, fact: AnyFact): Promise<void> {
  const incidents = incidentStore(unit.db);
  switch (fact.name) {
    case 'desk.incidentOpened':
    case 'desk.incidentReopened':
      return incidents.keep(incidentOf(fact));
    case 'desk.incidentResolved': {
      const incident = incidentOf(fact);
      await incidents.keep(incident);
      await incidents.resolve(incident.ticketId, fact.at);
      return learnFromIncident(unit, fact, (await incidents.get(incident.ticketId)) ?? incident);
    }
    case 'watch.alertRaised': {
      const { failingSince, ...symptom } = fact.payload;
      return symptomStore(unit.db).add({
        ...symptom,
        targetId: symptom.target.id,
        failingSince: new Date(failingSince),
      });
    }
    case 'upkeep.runEnded': {
      const { runId, runbookId, incidentId: ticketId, state, endedAt } = fact.payload;
      if (ticketId === null) return undefined;
      return remedyRunStore(unit.db).add({ runId, runbookId, ticketId, state, endedAt: new Date(endedAt) });
    }
    default:
      return undefined;
  }
}

async function accessLine(unit: Unit<'logbook'>, fact: Fact<'upkeep.accessChanged'>): Promise<EntryDraft | null> {
  const thing = await thingStore(unit.db).thing({ kind: 'host', id: fact.payload.hostId });
  if (thing === null) return null;
  const on = { kind: 'estate', thing, ticketId: null, ticketNumber: null, runId: null } as const;
  return { ...on, who: vigie, said: { code: 'access_changed', data: { host: thing.name } } };
}

/** The entry that a fact is worth, if any. */
async function lineOf(unit: Unit<'logbook'>, fact: AnyFact): Promise<EntryDraft | null> {
  if (fact.name === 'watch.stateChanged') {
    const { checkName, target } = fact.payload;
    const since = new Date(fact.at.getTime() - hourMs);
    return stateLine(fact, await thingStore(unit.db).stateLines(checkName, target.id, since));
  }
  if (fact.name === 'upkeep.accessChanged') return accessLine(unit, fact);
  const draft = entryOfFact(fact);
  if (draft === null || draft.ticketId === null || draft.ticketNumber !== null) return draft;
  return { ...draft, ticketNumber: await incidentStore(unit.db).number(draft.ticketId) };
}

/** Records a fact: keeps what is needed of it, learns from it, and writes at most one entry, once per fact. */
export async function recordFact(transact: Transact<'logbook'>, fact: AnyFact): Promise<void> {
  await transact.once(fact.id, 'logbook.record', async (unit) => {
    await keep(unit, fact);
    const line = await lineOf(unit, fact);
    if (line !== null) await appendEntry(unit, line, { at: fact.at, factId: fact.id });
  });
}
