import type { ReportMaterial } from './needs.ts';
import type { Telling } from './telling.ts';

const mostRunsTold = 3;
const mostServicesNamed = 3;

function whatRan({ runs }: ReportMaterial, { words, between }: Telling): string[] {
  const begun = runs.filter(({ startedAt }) => startedAt !== null);
  if (begun.length > mostRunsTold) return [words.summary.manyRan({ count: begun.length })];
  return begun.map(({ runbook, host, state, startedAt, endedAt }) =>
    words.summary.ran({
      runbook: runbook.name,
      host: host.name,
      state: words.runStates[state],
      after: startedAt === null || endedAt === null ? null : between(startedAt, endedAt),
    }),
  );
}

function whoSuffered({ impact }: ReportMaterial, { words, language }: Telling): string[] {
  if (impact === null || impact.peopleCount === 0) return [];
  const through = [...new Set(impact.people.map((person) => person.through))].filter((name) => name !== '');
  const named = through.slice(0, mostServicesNamed);
  if (through.length > named.length) named.push(words.andMore(through.length - named.length));
  const things = new Intl.ListFormat(language, { type: 'conjunction' }).format(named);
  return [words.summary.people({ count: impact.peopleCount, things })];
}

/** An incident in a few sentences: what failed, who took it, what was done, how long it lasted, who suffered. */
export function summarise(material: ReportMaterial, telling: Telling): string[] {
  const { ticket } = material;
  const { words, moment, between, lasting } = telling;
  const sentences = [
    words.summary.failed({
      moment: moment(ticket.failingSince),
      cause: ticket.cause?.name ?? null,
      checks: ticket.alerts.length,
    }),
  ];
  if (ticket.acknowledgedAt !== null && ticket.acknowledgedBy !== null)
    sentences.push(
      words.summary.taken({
        who: ticket.acknowledgedBy.name,
        after: between(ticket.openedAt, ticket.acknowledgedAt),
      }),
    );
  sentences.push(...whatRan(material, telling));
  if (ticket.outageSeconds !== null && ticket.goodSince !== null)
    sentences.push(words.summary.outage({ duration: lasting(ticket.outageSeconds), moment: moment(ticket.goodSince) }));
  else if (ticket.resolvedAt === null) sentences.push(words.summary.lasts);
  sentences.push(...whoSuffered(material, telling));
  if (ticket.resolvedAt !== null && ticket.resolvedBy !== null)
    sentences.push(words.summary.resolved({ who: ticket.resolvedBy.name, moment: moment(ticket.resolvedAt) }));
  return sentences;
}
