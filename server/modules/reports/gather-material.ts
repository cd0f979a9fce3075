import type { TicketWhole } from '#contract/desk.ts';
import type { Language, ThingRef } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Measured, Needs, ReportMaterial, ToldAvailability } from './needs.ts';

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

/** So much of the past says what an outage did to the figures that people know. */
const monthMs = 30 * 86_400_000;
const mostThings = 200;
const thingKinds = ['service', 'host', 'site'] as const;

/** How much of the month up to the end of the outage the cause, and what suffers with it, were there. */
async function availabilityAround(
  ticket: TicketWhole,
  things: readonly ThingRef[],
  { needs, now, language }: { readonly needs: Needs; readonly now: Date; readonly language: Language },
): Promise<ToldAvailability | null> {
  const ended = ticket.goodSince ?? ticket.resolvedAt;
  const until = new Date(ended === null ? now.getTime() : Math.min(now.getTime(), Date.parse(ended)));
  const from = new Date(until.getTime() - monthMs);
  const items: ToldAvailability['items'][number][] = [];
  for (const kind of thingKinds) {
    const ids = [...new Set(things.filter((thing) => thing.kind === kind).map(({ id }) => id))].slice(0, mostThings);
    if (ids.length === 0) continue;
    items.push(...(await needs.availability({ kind, ids }, { from, until }, language)).items);
  }
  if (items.length === 0) return null;
  return { from: from.toISOString(), until: until.toISOString(), items, cut: things.length > items.length };
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
  const impact = ticket.cause === null ? null : await needs.impact(ticket.cause);
  const things = [...(ticket.cause === null ? [] : [ticket.cause]), ...(impact?.things ?? [])];
  return {
    ticket,
    runs: await needs.runs(ticketId, language),
    levels: await needs.levels(ticketId, language),
    impact,
    availability: await availabilityAround(ticket, things, { needs, now, language }),
    goodResults,
    measured: await measuredAround(ticket, needs, { now, language }),
  };
}
