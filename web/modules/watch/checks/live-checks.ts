import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '#contract/house.ts';
import { state as stateWord } from '#contract/alert.ts';
import type { Check } from '#contract/watch.ts';
import { api } from '#web/shell/api.ts';
import { paced } from '#web/shell/paced.ts';
import { nowMs } from '#web/ui/clock.ts';
import { checksQuery, countsQuery } from '../watch-queries.ts';
import { fetchChecks, patchRows, renewSince, renewWhole, takeIn } from './whole-list.ts';

/** Short lists, those of one thing: what they show may be this old. */
const listPauseMs = 5000;
/** Rows in sight of the list of everything; their states are told at once. */
const sightPauseMs = 5000;
/** The same where thousands are watched: then each look costs most, and most rows change only by a number. */
const longSightPauseMs = 15_000;
const longList = 300;
/** Changes of settings and states that come together are fetched together. */
const changesPauseMs = 1000;
const countsPauseMs = 2000;
/** The counts do not change with a result; only the proof beside them does, when something was checked last. */
const proofPauseMs = 30_000;
/** So many changed checks are fetched by their ids; when more change together, what changed is asked for. */
const fewChanges = 100;
/** A result takes a moment to be stored and told. */
const resultDelayMs = 3000;

interface Renewals {
  /** Ids of checks of which something changed, not yet fetched. */
  readonly changed: Set<string>;
  readonly changes: () => void;
  readonly lists: () => void;
  readonly sight: () => void;
  readonly longSight: () => void;
  readonly silences: () => void;
  readonly counts: () => void;
  readonly proof: () => void;
}
const renewals = new WeakMap<QueryClient, Renewals>();

let inSight: readonly Check[] = [];

/** Says which checks a list shows just now; they are kept fresh. */
export function showChecks(checks: readonly Check[], client: QueryClient): void {
  inSight = checks;
  if (checks.some(isDue)) renewShown(client);
}

function renewShown(client: QueryClient): void {
  if (inSight.length === 0) return;
  const count = client.getQueryData(checksQuery().queryKey)?.items.length ?? 0;
  if (count > longList) renewalsOf(client).longSight();
  else renewalsOf(client).sight();
}

/** When something was checked last is told by the event itself; the other figures of the proof are asked for, seldom. */
function noteProof(events: readonly LiveEvent[], client: QueryClient): void {
  const lastResultAt = events.findLast(({ topic }) => topic === 'watch.results')?.at ?? null;
  client.setQueryData(countsQuery().queryKey, (counts) =>
    counts === undefined ? counts : { ...counts, lastResultAt },
  );
  renewalsOf(client).proof();
}

/** True when a check must have run since the row was fetched. */
function isDue({ paused, lastResultAt, intervalSeconds }: Check): boolean {
  if (paused) return false;
  return lastResultAt === null || Date.parse(lastResultAt) + intervalSeconds * 1000 + resultDelayMs < nowMs();
}

async function renewSight(client: QueryClient): Promise<void> {
  const ids = inSight
    .filter(isDue)
    .slice(0, fewChanges)
    .map(({ id }) => id);
  if (ids.length > 0) takeIn(client, ids, await fetchChecks(ids));
}

async function renewChanged(client: QueryClient, changed: Set<string>): Promise<void> {
  const ids = [...changed];
  changed.clear();
  if (client.getQueryCache().findAll({ queryKey: checksQuery().queryKey, type: 'active' }).length === 0) {
    renewWhole(client);
    return;
  }
  if (ids.length > fewChanges) {
    await renewSince(client);
    return;
  }
  takeIn(client, ids, await fetchChecks(ids));
}

// What could not be fetched is fetched with the next event; a cut line says so by itself.
function quiet(work: Promise<void>): void {
  void work.catch(() => undefined);
}

function renewalsOf(client: QueryClient): Renewals {
  const known = renewals.get(client);
  if (known !== undefined) return known;
  const changed = new Set<string>();
  const renewShort = (): void =>
    void client.invalidateQueries({
      queryKey: api.watch.checks.list.key(),
      predicate: ({ meta }) => meta?.['keepsUp'] !== true,
    });
  const renewCounts = (): void => void client.invalidateQueries({ queryKey: api.watch.checks.counts.key() });
  const made = {
    changed,
    changes: paced(() => quiet(renewChanged(client, changed)), changesPauseMs),
    lists: paced(renewShort, listPauseMs),
    sight: paced(() => quiet(renewSight(client)), sightPauseMs),
    longSight: paced(() => quiet(renewSight(client)), longSightPauseMs),
    silences: paced(() => renewWhole(client), listPauseMs),
    counts: paced(renewCounts, countsPauseMs),
    proof: paced(renewCounts, proofPauseMs),
  };
  renewals.set(client, made);
  return made;
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

/** Checks that events say changed: their states at once, the rest when the server has told it. */
function noteChanged(events: readonly LiveEvent[], client: QueryClient): void {
  const renew = renewalsOf(client);
  const states = new Map<string, Partial<Check>>();
  for (const { id, extra } of events) {
    if (id === null) continue;
    const state = stateWord.safeParse(extra?.['state']);
    if (state.success) states.set(id, { state: state.data });
    renew.changed.add(id);
    void client.invalidateQueries({ queryKey: api.watch.checks.get.key({ input: { id } }) });
    void client.invalidateQueries({ queryKey: api.watch.checks.history.key({ input: { id } }) });
  }
  patchRows(client, states);
  // Too many changed to be named.
  if (events.some(({ id }) => id === null)) quiet(renewSince(client));
  if (renew.changed.size > 0) renew.changes();
  renew.lists();
  renew.counts();
}

/** Rows change in place as the events say; the rest is fetched again, at a pace. */
export function renewChecks(events: readonly LiveEvent[], client: QueryClient): void {
  const topics = new Set(events.map(({ topic }) => topic));
  const renew = renewalsOf(client);
  if (topics.has('again')) quiet(renewSince(client));
  if (topics.has('watch.silence')) {
    void client.invalidateQueries({ queryKey: api.watch.silences.key() });
    renew.silences();
    renew.lists();
  }
  if (topics.has('watch.beat')) void client.invalidateQueries({ queryKey: api.watch.heartbeat.key() });
  const changed = events.filter((event) => event.topic === 'watch.check');
  if (changed.length > 0) noteChanged(changed, client);
  if (topics.has('watch.alert')) {
    renew.counts();
    void client.invalidateQueries({ queryKey: api.watch.alerts.key() });
  }
  if (!topics.has('watch.results')) return;
  const measured = new Set(events.filter((event) => event.topic === 'watch.results').flatMap(measuredBy));
  for (const query of client.getQueryCache().findAll({ queryKey: api.watch.checks.get.key(), type: 'active' })) {
    const shown = query.state.data;
    if (hasId(shown) && measured.has(shown.id)) renewMeasured(shown.id, client);
  }
  renewShown(client);
  noteProof(events, client);
  renew.lists();
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
