import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '#contract/house.ts';
import { state as stateWord } from '#contract/alert.ts';
import type { Check } from '#contract/watch.ts';
import { api, client as contract } from '#web/shell/api.ts';
import { paced } from '#web/shell/paced.ts';

/** After a change of state the list shows it at once; what else it shows of each check may be this old. */
const listPauseMs = 5000;
/** The same for a list of thousands, which is a heavy answer. */
const longListPauseMs = 30_000;
const longList = 300;
const countsPauseMs = 2000;
/** So many changed checks are fetched one by one; when more change together, the whole list is. */
const fewChanges = 25;

interface CheckList {
  items: Check[];
  next: string | null;
  total: number;
}

interface Renewals {
  list: () => void;
  longList: () => void;
  counts: () => void;
}
const renewals = new WeakMap<QueryClient, Renewals>();

function renewalsOf(client: QueryClient): Renewals {
  const known = renewals.get(client);
  if (known !== undefined) return known;
  const renewList = (): void => void client.invalidateQueries({ queryKey: api.watch.checks.list.key() });
  const made = {
    list: paced(renewList, listPauseMs),
    longList: paced(renewList, longListPauseMs),
    counts: paced(() => void client.invalidateQueries({ queryKey: api.watch.checks.counts.key() }), countsPauseMs),
  };
  renewals.set(client, made);
  return made;
}

function patch(client: QueryClient, id: string, news: Partial<Check>): void {
  client.setQueriesData<CheckList>({ queryKey: api.watch.checks.list.key() }, (list) =>
    list?.items.some((check) => check.id === id) === true
      ? { ...list, items: list.items.map((check) => (check.id === id ? { ...check, ...news } : check)) }
      : list,
  );
}

function isOnScreen(client: QueryClient): boolean {
  return client.getQueryCache().findAll({ queryKey: api.watch.checks.list.key(), type: 'active' }).length > 0;
}

/** A check whose state or settings changed: its new state at once, the rest when the server has told it. */
async function renewChanged(event: LiveEvent, client: QueryClient): Promise<void> {
  const { id } = event;
  if (id === null) return;
  const state = stateWord.safeParse(event.extra?.['state']);
  if (state.success) patch(client, id, { state: state.data });
  void client.invalidateQueries({ queryKey: api.watch.checks.get.key({ input: { id } }) });
  void client.invalidateQueries({ queryKey: api.watch.checks.history.key({ input: { id } }) });
  if (!isOnScreen(client)) return;
  try {
    patch(client, id, await contract.watch.checks.get({ id }));
  } catch {
    // The check was removed meanwhile: the list itself says so.
    void client.invalidateQueries({ queryKey: api.watch.checks.list.key() });
  }
}

/** New results of a check: only what is on the screen is fetched. */
function renewMeasured(id: string, client: QueryClient): void {
  const input = { id };
  void client.invalidateQueries({ queryKey: api.watch.checks.get.key({ input }) });
  void client.invalidateQueries({ queryKey: api.watch.checks.results.key({ input }) });
  void client.invalidateQueries({ queryKey: api.watch.checks.series.key({ input }) });
  void client.invalidateQueries({ queryKey: [...api.watch.chart.key(), id] });
}

/** The checks whose results an event tells of. */
export function measuredBy(event: LiveEvent): readonly string[] {
  const told = event.extra?.['checks'];
  return Array.isArray(told) ? told.filter((id) => typeof id === 'string') : [];
}

/** Rows change in place as the events say; the rest is fetched again, at a pace. */
export function renewChecks(events: readonly LiveEvent[], client: QueryClient): void {
  const topics = new Set(events.map(({ topic }) => topic));
  if (topics.has('watch.silence')) void client.invalidateQueries({ queryKey: api.watch.silences.key() });
  if (topics.has('watch.beat')) void client.invalidateQueries({ queryKey: api.watch.heartbeat.key() });
  const renew = renewalsOf(client);
  const changed = events.filter((event) => event.topic === 'watch.check');
  const measured = new Set(events.filter((event) => event.topic === 'watch.results').flatMap(measuredBy));
  const alerted = events.some((event) => event.topic === 'watch.alert');
  if (changed.length === 0 && measured.size === 0 && !alerted) return;
  renew.counts();
  if (alerted) void client.invalidateQueries({ queryKey: api.watch.alerts.key() });
  if (changed.length > fewChanges) void client.invalidateQueries({ queryKey: api.watch.checks.key() });
  else for (const event of changed) void renewChanged(event, client);
  for (const query of client.getQueryCache().findAll({ queryKey: api.watch.checks.get.key(), type: 'active' })) {
    const shown = query.state.data;
    if (hasId(shown) && measured.has(shown.id)) renewMeasured(shown.id, client);
  }
  if (measured.size === 0) return;
  const lists = client.getQueriesData<CheckList>({ queryKey: api.watch.checks.list.key() });
  if (lists.some(([, list]) => (list?.items.length ?? 0) > longList)) renew.longList();
  else renew.list();
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
