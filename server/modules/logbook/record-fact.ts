import type { Fact } from '#contract/facts.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { appendEntries, type Line } from './append-entry.ts';
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

type StateFact = Fact<'watch.stateChanged'>;

const namesOf = ({ payload: { checkName, target } }: StateFact): string => `${target.id} ${checkName}`;

/** The lines that changes of state are worth, by the fact's id: those written within the hour before each are counted. */
async function stateLinesOf(unit: Unit<'logbook'>, changes: readonly StateFact[]): Promise<Map<string, EntryDraft>> {
  const written = await thingStore(unit.db).stateLines(
    changes.map(({ payload, at }) => ({
      check: payload.checkName,
      thingId: payload.target.id,
      since: new Date(at.getTime() - hourMs),
    })),
  );
  const lines = new Map<string, EntryDraft>();
  const more = new Map<string, number>();
  for (const [place, fact] of changes.entries()) {
    const names = namesOf(fact);
    const before = more.get(names) ?? 0;
    const line = stateLine(fact, (written[place] ?? 0) + before);
    if (line === null) continue;
    lines.set(fact.id, line);
    more.set(names, before + 1);
  }
  return lines;
}

/** The entry that a fact is worth, if any. */
async function lineOf(unit: Unit<'logbook'>, fact: AnyFact): Promise<EntryDraft | null> {
  if (fact.name === 'upkeep.accessChanged') return accessLine(unit, fact);
  const draft = entryOfFact(fact);
  if (draft === null || draft.ticketId === null || draft.ticketNumber !== null) return draft;
  return { ...draft, ticketNumber: await incidentStore(unit.db).number(draft.ticketId) };
}

/**
 * Records facts: keeps what is needed of each, learns from it, and writes at most one entry for it, once per fact. Many
 * are recorded together, since entries stand in one row: each transaction that writes one waits for the one before it.
 */
export async function recordFacts(transact: Transact<'logbook'>, facts: readonly AnyFact[]): Promise<void> {
  const ids = facts.map(({ id }) => id);
  await transact.onceEach(ids, 'logbook.record', async (unit, fresh) => {
    const heard = facts.filter(({ id }) => fresh.has(id));
    const stateLines = await stateLinesOf(
      unit,
      heard.filter((fact) => fact.name === 'watch.stateChanged'),
    );
    const lines: Line[] = [];
    for (const fact of heard) {
      await keep(unit, fact);
      const draft = stateLines.get(fact.id) ?? (await lineOf(unit, fact));
      if (draft !== null) lines.push({ draft, at: fact.at, factId: fact.id });
    }
    await appendEntries(unit, lines);
  });
}
