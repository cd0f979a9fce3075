import type { Client } from '#contract/client.ts';
import type { TicketWhole } from '#contract/desk.ts';
import type { Entry } from '#contract/logbook.ts';
import type { Run } from '#contract/upkeep.ts';
import type { Line } from './ledger.ts';

/** Everything the server holds once the crashes are over, read page by page. */
export interface Aftermath {
  readonly tickets: readonly TicketWhole[];
  readonly runs: readonly Run[];
  readonly entries: readonly Entry[];
  readonly requests: ReadonlyMap<string, number>;
}

export async function readAftermath(alice: Client): Promise<Aftermath> {
  const short = await everyPage((after) => alice.desk.tickets.list({ limit: 500, ...after }));
  const tickets: TicketWhole[] = [];
  for (const { id } of short) tickets.push(await alice.desk.tickets.get({ id }));
  const audit = await everyPage((after) => alice.people.audit.list({ limit: 500, ...after }));
  const requests = new Map<string, number>();
  for (const { request } of audit) requests.set(request, (requests.get(request) ?? 0) + 1);
  return {
    tickets,
    runs: await everyPage((after) => alice.upkeep.runs.list({ limit: 500, ...after })),
    entries: await everyPage((after) => alice.logbook.entries.list({ limit: 500, ...after })),
    requests,
  };
}

async function everyPage<Item>(
  page: (after: { after?: string }) => Promise<{ items: Item[]; next: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let next: string | undefined; ;) {
    const got = await page(next === undefined ? {} : { after: next });
    all.push(...got.items);
    if (got.next === null) return all;
    next = got.next;
  }
}

export function count<Item>(items: readonly Item[], fits: (item: Item) => boolean): number {
  return items.filter(fits).length;
}

/** What was acknowledged and is not there, and what is there twice, in words. Without an answer it may be there or not. */
export function lostOrDoubled(lines: readonly Line[], found: (mark: string) => number): string[] {
  return lines.flatMap(({ deed, mark, acknowledged }) => {
    const times = found(mark);
    if (times > 1) return [`${deed} ${mark} happened ${times} times`];
    return acknowledged && times === 0 ? [`${deed} ${mark} was acknowledged and is lost`] : [];
  });
}

/** Incidents that were open for the same moment: the lab breaks one thing at a time, so there is never a second cause. */
export function overlapping(tickets: readonly TicketWhole[]): string[] {
  const spans = tickets
    .map(({ number, failingSince, goodSince }) => ({
      number,
      from: Date.parse(failingSince),
      until: goodSince === null ? Number.POSITIVE_INFINITY : Date.parse(goodSince),
    }))
    .toSorted((a, b) => a.from - b.from);
  return spans.flatMap(({ number, from }, index) => {
    const before = spans[index - 1];
    return before !== undefined && before.until > from ? [`${before.number} and ${number}`] : [];
  });
}
