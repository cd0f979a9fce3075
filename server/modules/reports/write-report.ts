import type { TicketWhole } from '#contract/desk.ts';
import type { ResolutionReport } from '#contract/reports.ts';
import { zoneText } from '#texts/moment.ts';
import type { Measured, ReportMaterial, ToldRun } from './needs.ts';
import { summarise } from './summary.ts';
import { tellLevels } from './tell-levels.ts';
import { tellAvailability } from './tell-availability.ts';
import type { Telling } from './telling.ts';

function factsOf(ticket: TicketWhole, { words, clock, lasting, language, zone }: Telling): ResolutionReport['facts'] {
  const { facts } = words;
  const byAt = (at: string | null, by: { name: string } | null): string | null =>
    at === null ? null : by === null ? clock(at) : words.byAt(by.name, clock(at));
  const lines: readonly (readonly [string, string | null])[] = [
    [facts.state, words.states[ticket.state]],
    [facts.priority, words.priorities[ticket.priority]],
    [facts.cause, ticket.cause?.name ?? null],
    [facts.failingSince, clock(ticket.failingSince)],
    [facts.openedAt, clock(ticket.openedAt)],
    [facts.acknowledged, byAt(ticket.acknowledgedAt, ticket.acknowledgedBy)],
    [facts.goodSince, ticket.goodSince === null ? null : clock(ticket.goodSince)],
    [facts.outage, ticket.outageSeconds === null ? null : lasting(ticket.outageSeconds)],
    [facts.resolved, byAt(ticket.resolvedAt, ticket.resolvedBy)],
    [facts.checks, ticket.alerts.length.toLocaleString(language)],
    [facts.zone, zoneText(zone, new Date(ticket.failingSince))],
  ];
  return lines.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function runOf(run: ToldRun, { words, between }: Telling): ResolutionReport['runs'][number] {
  const { emergency } = run;
  const waived = run.startedAt === null ? words.run.none : words.run.safe;
  const approvedBy =
    emergency === null
      ? (run.approvedBy?.name ?? waived)
      : words.run.emergency(emergency.reason, emergency.reviewedBy?.name ?? null);
  return {
    runId: run.id,
    title: run.runbook.name,
    state: words.runStates[run.state],
    host: run.host.name,
    proposedBy: run.proposedBy.name,
    approvedBy,
    steps: run.steps.map(({ definition, state, startedAt, endedAt, exitCode }) => ({
      title: definition.title,
      state: words.runStates[state],
      duration: startedAt === null || endedAt === null ? words.none : between(startedAt, endedAt),
      exitCode,
    })),
  };
}

function proofOf({ ticket, goodResults }: ReportMaterial, { words, clock }: Telling): ResolutionReport['proof'] {
  return ticket.alerts.map(({ checkId, checkName, target, summary, clearedAt }) => {
    const since = clearedAt === null ? words.proof.stillFailing : words.proof.upSince(clock(clearedAt));
    const good = clearedAt === null ? undefined : goodResults.get(checkId);
    return {
      check: `${checkName} (${target.name})`,
      before: summary,
      after: good === undefined ? since : `${good}\n${since}`,
    };
  });
}

const secondsOf = (at: string): number => Math.round(Date.parse(at) / 1_000);

/** Leaves out the time before and after anything was measured, but for the outage itself. */
function trimmed({ times, values }: Measured, outage: { from: number; until: number }) {
  const known = values.flatMap((value, at) => (value === null ? [] : [times[at] ?? outage.from]));
  const first = Math.min(outage.from, ...known.slice(0, 1));
  const last = Math.max(outage.until, ...known.slice(-1));
  const kept = times.flatMap((time, at) =>
    time >= first && time <= last ? [{ time, value: values[at] ?? null }] : [],
  );
  return { times: kept.map(({ time }) => time), values: kept.map(({ value }) => value) };
}

function daysIn({ from, until }: { readonly from: string; readonly until: string }): number {
  return Math.max(1, Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000));
}

/** Writes the resolution report of an incident from its material; the same material makes the same report. */
export function writeReport(material: ReportMaterial, telling: Telling, madeAt: Date): ResolutionReport {
  const { ticket, impact, measured, availability } = material;
  const from = secondsOf(ticket.failingSince);
  const until = ticket.goodSince === null ? null : secondsOf(ticket.goodSince);
  const things = impact?.things.map(({ kind, id, name }) => ({ kind, id, name })) ?? [];
  return {
    ticketId: ticket.id,
    number: ticket.number,
    language: telling.language,
    // An incident's title may be a sentence; a heading has no full stop.
    title: telling.words.title(ticket.number, ticket.title.replace(/\.$/u, '')),
    madeAt: madeAt.toISOString(),
    summary: summarise(material, telling),
    facts: factsOf(ticket, telling),
    timeline: ticket.events.map(({ at, who, text }) => ({ at, clock: telling.clock(at), who: who.name, text })),
    cause: ticket.causeText,
    remedy: ticket.remedyText,
    runs: material.runs.map((run) => runOf(run, telling)),
    levels: tellLevels(material.levels, telling),
    proof: proofOf(material, telling),
    affected: {
      things,
      people: [...new Set(impact?.people.map(({ name }) => name))],
      peopleCount: impact?.peopleCount ?? 0,
    },
    availability:
      availability === null
        ? null
        : tellAvailability(availability, telling.words.availability.before(daysIn(availability)), telling),
    chart:
      measured === null
        ? null
        : {
            label: measured.label,
            unit: measured.unit,
            ...trimmed(measured, { from, until: until ?? secondsOf(madeAt.toISOString()) }),
            from,
            until,
          },
  };
}
