import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '#contract/house.ts';
import { check as checkWord, type Check } from '#contract/watch.ts';
import { api } from '#web/shell/api.ts';

/** The list of everything is fetched again at most this often, however fast results come. */
const listPauseMs = 2500;
/** The same for the counts, which are small. */
const countsPauseMs = 1000;

const partOfCheck = checkWord.partial();

/** What an event tells of a check by itself: its new state, its newest summary. */
export function toldBy(event: LiveEvent): Partial<Check> | undefined {
  const parsed = partOfCheck.safeParse(event.extra ?? {});
  if (!parsed.success || Object.keys(parsed.data).length === 0) return undefined;
  const { id: _id, ...told } = parsed.data;
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

/** Calls `act` now, or at the end of the pause when it was called a moment ago; many calls become one. */
export function paced(act: () => void, pauseMs: number): () => void {
  let pausing = false;
  let again = false;
  const call = (): void => {
    if (pausing) {
      again = true;
      return;
    }
    pausing = true;
    act();
    setTimeout(() => {
      pausing = false;
      if (!again) return;
      again = false;
      call();
    }, pauseMs);
  };
  return call;
}

interface Renewals {
  list: () => void;
  counts: () => void;
}
const renewals = new WeakMap<QueryClient, Renewals>();

function renewalsOf(client: QueryClient): Renewals {
  const known = renewals.get(client);
  if (known !== undefined) return known;
  const made = {
    list: paced(() => void client.invalidateQueries({ queryKey: api.watch.checks.list.key() }), listPauseMs),
    counts: paced(() => void client.invalidateQueries({ queryKey: api.watch.checks.counts.key() }), countsPauseMs),
  };
  renewals.set(client, made);
  return made;
}

type CheckList = { items: Check[]; next: string | null; total: number };

/** Rows change in place by what the events say; what they do not say is fetched again, at a pace. */
export function renewChecks(events: readonly LiveEvent[], client: QueryClient): void {
  const ours = events.filter((event) => event.topic === 'watch.check');
  const renew = renewalsOf(client);
  if (events.some((event) => event.topic === 'watch.alert')) {
    void client.invalidateQueries({ queryKey: api.watch.alerts.key() });
    renew.counts();
  }
  if (ours.length === 0) return;
  renew.counts();
  const told = new Map<string, Partial<Check>>();
  for (const event of ours) {
    if (event.id === null) continue;
    const news = toldBy(event);
    if (news === undefined) renew.list();
    else told.set(event.id, { ...told.get(event.id), ...news });
  }
  if (told.size > 0) {
    client.setQueriesData<CheckList>({ queryKey: api.watch.checks.list.key() }, (list) =>
      list === undefined
        ? undefined
        : { ...list, items: list.items.map((check) => ({ ...check, ...told.get(check.id) })) },
    );
  }
  for (const id of new Set(ours.flatMap((event) => event.id ?? []))) renewCheck(id, client);
}

/** What a check's own page shows; only what is on the screen is fetched. */
function renewCheck(id: string, client: QueryClient): void {
  const input = { id };
  void client.invalidateQueries({ queryKey: api.watch.checks.get.key({ input }) });
  void client.invalidateQueries({ queryKey: api.watch.checks.results.key({ input }) });
  void client.invalidateQueries({ queryKey: api.watch.checks.history.key({ input }) });
  void client.invalidateQueries({ queryKey: [...api.watch.chart.key(), id] });
}
