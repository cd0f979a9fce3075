import type { Fact, FactName } from '#contract/facts.ts';
import type { Entry } from '#contract/logbook.ts';
import type { Doer, NamedThing } from '#contract/words.ts';
import type { EntryCode, EntryWords, Said } from './entry-words.ts';

/** A fact of any name, told apart by its name. */
export type AnyFact = { readonly [Name in FactName]: Fact<Name> }[FactName];

/** An entry before it has its place in the chain. */
export interface EntryDraft {
  readonly kind: Entry['kind'];
  readonly said: Said;
  readonly who: Doer;
  readonly thing: NamedThing | null;
  readonly ticketId: string | null;
  readonly ticketNumber: number | null;
  readonly runId: string | null;
}

export const vigie: Doer = { kind: 'vigie', id: null, name: 'Vigie' };

function person(name: string): Doer {
  return name === '' || name === vigie.name ? vigie : { kind: 'person', id: null, name };
}

function say<Code extends EntryCode>(code: Code, data: EntryWords[Code]): { code: Code; data: EntryWords[Code] } {
  return { code, data };
}

type OnTicket = Pick<EntryDraft, 'ticketId' | 'ticketNumber' | 'runId'>;
const nowhere: OnTicket = { ticketId: null, ticketNumber: null, runId: null };

type Part<Prefix extends string> = Extract<AnyFact, { readonly name: `${Prefix}.${string}` }>;

function isOf<Prefix extends 'desk' | 'upkeep' | 'estate'>(fact: AnyFact, prefix: Prefix): fact is Part<Prefix> {
  return fact.name.startsWith(`${prefix}.`);
}

function ofDesk(fact: Part<'desk'>): EntryDraft | null {
  // What goes on in a conversation stands in its ticket.
  if (fact.name === 'desk.messageAdded' || fact.name === 'desk.mentioned' || fact.name === 'desk.ticketMoved')
    return null;
  if (fact.name === 'desk.proofWanted' || fact.name === 'desk.ticketOpened' || fact.name === 'desk.promiseNear')
    return null;
  const { payload } = fact;
  const on = { kind: 'incident', ticketId: payload.ticketId, ticketNumber: payload.number, runId: null } as const;
  if (fact.name === 'desk.commentAdded') {
    const { text, by } = fact.payload;
    return { ...on, said: say('incident_comment', { text }), who: person(by), thing: null };
  }
  const { title, cause: thing } = fact.payload;
  switch (fact.name) {
    case 'desk.incidentOpened': {
      const { summary, silenced } = fact.payload;
      return { ...on, said: say('incident_opened', { title, summary, silenced }), who: vigie, thing };
    }
    case 'desk.incidentAcknowledged':
      return { ...on, said: say('incident_acknowledged', { title }), who: person(fact.payload.by), thing };
    case 'desk.incidentSolved': {
      const outageSeconds = Math.round(fact.payload.outageSeconds);
      return { ...on, said: say('incident_solved', { title, outageSeconds }), who: vigie, thing };
    }
    case 'desk.incidentReopened':
      return {
        ...on,
        said: say('incident_reopened', { title, summary: fact.payload.summary }),
        who: vigie,
        thing,
      };
    case 'desk.incidentResolved': {
      const { outageSeconds, causeText, remedyText, by } = fact.payload;
      const data = {
        title,
        outageSeconds: outageSeconds === null ? null : Math.round(outageSeconds),
        cause: causeText,
        remedy: remedyText,
      };
      return { ...on, said: say('incident_resolved', data), who: person(by), thing };
    }
    default:
      return null;
  }
}

function ofRun(fact: Part<'upkeep'>): EntryDraft | null {
  if (fact.name === 'upkeep.accessChanged' || fact.name === 'upkeep.checkRequested') return null;
  const { runbookName: runbook, host: thing, incidentId, runId, by, safe } = fact.payload;
  const host = thing.name;
  const on = { kind: 'run', thing, ticketId: incidentId, ticketNumber: null, runId, who: person(by) } as const;
  switch (fact.name) {
    case 'upkeep.runProposed':
      return { ...on, said: say('run_proposed', { runbook, host, safe }) };
    case 'upkeep.runApproved':
      return { ...on, said: say('run_approved', { runbook, host }), who: person(fact.payload.approvedBy) };
    case 'upkeep.runRefused':
      return { ...on, said: say('run_refused', { runbook, host, reason: fact.payload.reason }) };
    case 'upkeep.emergencyDeclared':
      return { ...on, said: say('run_emergency', { runbook, host, reason: fact.payload.reason }) };
    case 'upkeep.emergencyReviewed':
      return { ...on, said: say('run_reviewed', { runbook, host, note: fact.payload.note }) };
    case 'upkeep.runStarted':
      return { ...on, said: say('run_started', { runbook, host }), who: vigie };
    case 'upkeep.runReattached':
      return { ...on, said: say('run_reattached', { runbook, host, atByte: fact.payload.atByte }), who: vigie };
    case 'upkeep.runEnded': {
      const { state, startedAt, endedAt } = fact.payload;
      const seconds = Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000));
      return { ...on, said: say('run_ended', { runbook, host, state, seconds }), who: vigie };
    }
    case 'upkeep.stepEnded': {
      // A step that went well is told by the run's end.
      const { state, title, exitCode } = fact.payload;
      if (state !== 'failed' && state !== 'lost') return null;
      return { ...on, said: say('step_failed', { runbook, host, title, state, exitCode }), who: vigie };
    }
    default:
      return null;
  }
}

function ofEstate(fact: Part<'estate'>): EntryDraft {
  const on = { ...nowhere, kind: 'estate', who: person(fact.payload.by) } as const;
  if (fact.name === 'estate.dependenciesChanged') {
    const { dependent, on: needed, change } = fact.payload;
    const code = change === 'added' ? 'dependency_added' : 'dependency_removed';
    return { ...on, said: say(code, { dependent: dependent.name, on: needed.name }), thing: dependent };
  }
  const { thing, change, what } = fact.payload;
  const data = { thing: { kind: thing.kind, name: thing.name } };
  if (change === 'changed') return { ...on, said: say('thing_changed', { ...data, what }), thing };
  return { ...on, said: say(change === 'added' ? 'thing_added' : 'thing_removed', data), thing };
}

/** The entry that tells of a fact; null when it is not worth a line. State changes are decided in state-line.ts. */
export function entryOfFact(fact: AnyFact): EntryDraft | null {
  if (isOf(fact, 'desk')) return ofDesk(fact);
  if (isOf(fact, 'upkeep')) return ofRun(fact);
  if (isOf(fact, 'estate')) return ofEstate(fact);
  if (fact.name === 'watch.windowVerified') {
    const { name, checks, worse, worseCount } = fact.payload;
    const said = say('window_verified', { name, checks, worse, worseCount });
    return { ...nowhere, kind: 'watch', said, who: vigie, thing: null };
  }
  if (fact.name === 'people.personAdded') {
    const said = say('person_added', { name: fact.payload.name });
    return { ...nowhere, kind: 'people', said, who: vigie, thing: null };
  }
  return null;
}
