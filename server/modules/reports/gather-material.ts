import type { TicketWhole } from '#contract/desk.ts';
import type { Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Measured, Needs, ReportMaterial } from './needs.ts';

/** Shown on each side of the outage: as long as it lasted, within these bounds. */
const aroundMs = { least: 10 * 60_000, most: 6 * 3_600_000 } as const;
/** Checks of one incident that are asked for their first good result. */
const mostProofs = 100;

async function measuredAround(
  ticket: TicketWhole,
  needs: Needs,
  { now, language }: { readonly now: Date; readonly language: Language },
): Promise<Measured | null> {
  const from = Date.parse(ticket.failingSince);
  const until = ticket.goodSince === null ? now.getTime() : Date.parse(ticket.goodSince);
  const margin = Math.min(Math.max(until - from, aroundMs.least), aroundMs.most);
  for (const { checkId } of ticket.alerts.slice(0, 5)) {
    const measured = await needs.measured(
      checkId,
      { from: new Date(from - margin), until: new Date(Math.min(until + margin, now.getTime())) },
      language,
    );
    if (measured !== null && measured.values.some((value) => value !== null)) return measured;
  }
  return null;
}

/**
 * Gathers what a report is made of, told in its language.
 * @throws Refusal `not_found` when there is no such incident.
 */
export async function gatherMaterial(
  needs: Needs,
  asked: { readonly ticketId: string; readonly language: Language; readonly now: Date },
): Promise<ReportMaterial> {
  const { ticketId, language, now } = asked;
  const ticket = await needs.ticket(ticketId, language);
  if (ticket === null) throw new Refusal('not_found');
  const goodResults = new Map<string, string>();
  for (const { checkId, clearedAt } of ticket.alerts.slice(0, mostProofs)) {
    if (clearedAt === null) continue;
    const good = await needs.goodResult(checkId, new Date(ticket.goodSince ?? clearedAt), language);
    if (good !== null) goodResults.set(checkId, good);
  }
  return {
    ticket,
    runs: await needs.runs(ticketId, language),
    impact: ticket.cause === null ? null : await needs.impact(ticket.cause),
    goodResults,
    measured: await measuredAround(ticket, needs, { now, language }),
  };
}
