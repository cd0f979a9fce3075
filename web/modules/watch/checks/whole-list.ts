import type { QueryClient } from '@tanstack/react-query';
import type { Check } from '#contract/watch.ts';
import { api, client as contract } from '#web/shell/api.ts';
import { checksQuery } from '../watch-queries.ts';

/**
 * Keeps the list of everything watched as it is without fetching it again: ten thousand rows are a heavy answer. Rows
 * come by their ids, or as what changed since the newest that is held.
 */

/** What happened so shortly before the newest row may have been stored after it was read. */
const overlapMs = 30_000;

interface CheckList {
  items: Check[];
  next: string | null;
  total: number;
}

/** The checks of these ids as they stand now; those that were removed are left out. */
export async function fetchChecks(ids: readonly string[]): Promise<readonly Check[]> {
  return (await contract.watch.checks.list({ ids: [...ids], limit: ids.length })).items;
}

/** Changes rows in place, in every list that shows them. */
export function patchRows(client: QueryClient, news: ReadonlyMap<string, Partial<Check>>): void {
  if (news.size === 0) return;
  client.setQueriesData<CheckList>({ queryKey: api.watch.checks.list.key() }, (list) =>
    list?.items.some(({ id }) => news.has(id)) === true
      ? { ...list, items: list.items.map((check) => patched(check, news.get(check.id))) }
      : list,
  );
}

// A row that did not change stays the same object, and is not drawn again.
function patched(check: Check, news: Partial<Check> | undefined): Check {
  return news === undefined ? check : { ...check, ...news };
}

/** Takes in what was fetched: rows change in place, new ones join the list of everything, those not found leave. */
export function takeIn(client: QueryClient, asked: readonly string[], found: readonly Check[]): void {
  const news = new Map(found.map((check) => [check.id, check]));
  patchRows(client, news);
  const gone = new Set(asked.filter((id) => !news.has(id)));
  client.setQueryData<CheckList>(checksQuery().queryKey, (list) => {
    if (list === undefined) return list;
    const known = new Set(list.items.map(({ id }) => id));
    const joining = found.filter(({ id }) => !known.has(id));
    if (joining.length === 0 && ![...gone].some((id) => known.has(id))) return list;
    const items = [...list.items.filter(({ id }) => !gone.has(id)), ...joining];
    return { ...list, items, total: items.length };
  });
}

/** Fetches the list of everything anew when it is on the screen, and else when it is next shown. */
export function renewWhole(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: checksQuery().queryKey, exact: true });
}

/** Fetches what changed since the newest of what is held, for when events were missed or are too many. */
export async function renewSince(client: QueryClient): Promise<void> {
  const { queryKey } = checksQuery();
  const query = client.getQueryCache().find({ queryKey, exact: true });
  const held = client.getQueryData(queryKey);
  const newestMs = Math.max(0, ...(held?.items ?? []).map((check) => Date.parse(check.lastResultAt ?? check.since)));
  if (held === undefined || query?.isActive() !== true || newestMs === 0) {
    renewWhole(client);
    return;
  }
  const changedSince = new Date(newestMs - overlapMs).toISOString();
  const [{ items }, counts] = await Promise.all([
    contract.watch.checks.list({ changedSince, limit: 10_000 }),
    contract.watch.checks.counts({}),
  ]);
  takeIn(client, [], items);
  const { up, degraded, down, unreachable, unknown, paused } = counts;
  const count = client.getQueryData(queryKey)?.items.length;
  if (count !== up + degraded + down + unreachable + unknown + paused) renewWhole(client);
}
