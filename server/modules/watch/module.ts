/*
 * Watch: runs checks by their plan, confirms what they say, and raises one alert for each failure that has a cause of its own.
 * Words: check, result, state, alert, silence, series, probe.
 * It never opens an incident (desk does), never tells anybody (notify does), and never changes what it looks at.
 */
import type { watch } from '#contract/watch.ts';
import type { Fact } from '#contract/facts.ts';
import type { Language } from '#contract/words.ts';
import { actorOf } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import { nextOffset } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Duty } from '#platform/duties.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { describeKind } from '#probe/describe-kind.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { createProbeTools } from '#probe/probe-tools.ts';
import { answerRequest } from './states/answer-requests.ts';
import { keepHeapsDense } from '#platform/dense-heaps.ts';
import { drawChart } from './measurements/draw-chart.ts';
import { askRuns } from './running/ask-runs.ts';
import { followWindows } from './calm/follow-windows.ts';
import { keepWatch, surroundingsDuty } from './running/keeper.ts';
import { calmHandlers } from './calm/calm-handlers.ts';
import { ClockDoubt } from './running/clock-doubt.ts';
import { changeCheck, createCheck, dropThing, removeCheck } from './checks/keep-check.ts';
import { importHistory, type WatchHistory } from './measurements/import-history.ts';
import { look } from './checks/look.ts';
import { amountText } from './states/measure-text.ts';
import { measurementHandlers, metricsAllowed } from './measurements/measurement-handlers.ts';
import { dropOld, rollUpDays } from './measurements/roll-up-days.ts';
import { sealMeasurements } from './measurements/seal-measurements.ts';
import { sendMeasurements } from './measurements/send-measurements.ts';
import { tellMetrics } from './measurements/tell-metrics.ts';
import type { Needs } from './needs.ts';
import { endSilences, tellHeldBack } from './calm/silence-alerts.ts';
import { silenceHandlers } from './calm/silence-handlers.ts';
import { startProposals } from './checks/start-proposals.ts';
import { alertStore } from './states/store-alert.ts';
import { availabilityStore } from './calm/store-availability.ts';
import { checkStore, type CheckQuery, type ListedCheck } from './checks/store-check.ts';
import { bulkHandlers, profileHandlers } from './profiles/profile-handlers.ts';
import { noteOdd } from './checks/note-odd.ts';
import { readPulse } from './running/read-pulse.ts';
import { readColumns } from './measurements/read-samples.ts';
import { resultStore } from './running/store-result.ts';
import { silenceIndex } from './calm/silence-index.ts';
import { silenceStore } from './calm/store-silence.ts';
import { tellAlert, tellChange, tellCheck, tellResult } from './checks/tell-check.ts';
import { seriesLabel } from './measurements/series-label.ts';
import { readAddresses } from './running/watch-list.ts';
import { takeBeats, type BeatAnswer, type RawCall } from './checks/take-beat.ts';
import { watchThisMachine } from './checks/watch-this-machine.ts';

/** Stands in for a check's own run; see needs.ts. */
export type InventedRun = NonNullable<Needs['inventedRun']>;

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly live: LiveLine;
  readonly log: Log;
  readonly vault: Vault;
  readonly needs: Needs;
}

export interface WatchModule {
  readonly handlers: Handlers<typeof watch>;
  readonly duties: readonly Duty[];
  /** Runs the checks. One at a time does so in all of Vigie, in whichever process or thread it is begun. */
  readonly watching: Duty;
  /** Lets the watch know how late the loop comes around that answers requests. */
  readonly noteApiLoop: (ms: number) => void;
  readonly reactions: {
    readonly answerRequest: (fact: Fact<'upkeep.checkRequested'> | Fact<'desk.proofWanted'>) => Promise<void>;
    readonly followThing: (fact: Fact<'estate.thingChanged'>) => Promise<void>;
    readonly followDependencies: (fact: Fact<'estate.dependenciesChanged'>) => Promise<void>;
    readonly followAccess: (fact: Fact<'upkeep.accessChanged'>) => Promise<void>;
  };
  /** For what was measured before Vigie watched. */
  readonly history: WatchHistory;
  /** What the watch tells at /metrics, line by line; null when the token is not the one that is asked for. */
  readonly metrics: (token: string | null) => Promise<readonly string[] | null>;
  /** For advice, which reckons with what was measured. */
  readonly measured: {
    /** Samples of some series of a check, packed or not. */
    readonly samples: (asked: Parameters<typeof readColumns>[1]) => ReturnType<typeof readColumns>;
    readonly label: typeof seriesLabel;
    readonly amount: typeof amountText;
    readonly noteOdd: (checkId: string, odd: Parameters<typeof noteOdd>[2]) => Promise<void>;
  };
  /** Takes the call of a job that a heartbeat check waits for. */
  readonly beat: (call: RawCall) => Promise<BeatAnswer>;
  /** Puts the machine that Vigie runs on under watch, once and for all. */
  readonly watchThisMachine: () => Promise<void>;
}

const missing = () => Promise.reject(new Refusal('not_found'));

/** Checks with what is told of them beside. */
async function tellAll({ db, needs, clock }: Parts, listed: readonly ListedCheck[], language: Language) {
  const things = [...new Map(listed.map(({ check: { target } }) => [`${target.kind}:${target.id}`, target])).values()];
  const [addresses, silences] = await Promise.all([readAddresses(needs, things), silenceStore(db).open()]);
  const around = { addresses, silenceOf: silenceIndex(silences), now: clock.now(), language };
  return listed.map((each) => tellCheck(each, around));
}

async function tellOne(parts: Parts, id: string, language: Language) {
  const listed = await checkStore(parts.db).listed([id]);
  const [told] = await tellAll(parts, listed, language);
  return told ?? missing();
}

async function tellList(parts: Parts, asked: CheckQuery, language: Language) {
  const { items, total, next } = await checkStore(parts.db).list(asked);
  return { items: await tellAll(parts, items, language), total, next };
}

function checkHandlers(
  parts: Parts & { readonly lookup: ReturnType<typeof createProbeTools>['lookup'] },
): Handlers<typeof watch>['checks'] {
  const { db, clock } = parts;
  const found = async (id: string) => (await checkStore(db).get(id)) ?? missing();
  return {
    list: (input, { language }) => tellList(parts, input, language),
    async counts() {
      const counted = await checkStore(db).counts();
      const of = (wanted: string) => counted.find(({ state }) => state === wanted)?.count ?? 0;
      const { lastAt, count } = await checkStore(db).lastResults(new Date(clock.now().getTime() - 60_000));
      const own = await readPulse(parts);
      return {
        up: of('up'),
        degraded: of('degraded'),
        down: of('down'),
        unreachable: of('unreachable'),
        unknown: of('unknown'),
        paused: of('paused'),
        resultsLastMinute: own?.results ?? count,
        lastResultAt: lastAt?.toISOString() ?? null,
        latenessMs: own?.lateP95Ms ?? 0,
        latenessP99Ms: own?.lateP99Ms ?? 0,
        slowed: own?.slowed ?? 0,
      };
    },
    get: ({ id }, { language }) => tellOne(parts, id, language),
    create: async (input, caller) => tellOne(parts, await createCheck(parts, input, caller), caller.language),
    async change(input, caller) {
      await changeCheck(parts, input, caller);
      return tellOne(parts, input.id, caller.language);
    },
    async remove({ id }) {
      await removeCheck(parts, id);
      return {};
    },
    async runNow({ id }, { language }) {
      const { kind } = await found(id);
      const result = (await askRuns(parts, [id])).get(id);
      return result === undefined ? missing() : tellResult(kind, result, language);
    },
    async results({ id, limit, before }, { language }) {
      const { number, kind } = await found(id);
      const results = await resultStore(db).list(number, limit, before === undefined ? undefined : new Date(before));
      return { items: results.map((each) => tellResult(kind, each, language)) };
    },
    async history({ id, limit }, { language }) {
      const { number, kind } = await found(id);
      return { items: (await alertStore(db).changes(number, limit)).map((each) => tellChange(kind, each, language)) };
    },
    async series({ id }, { language }) {
      const { number, kind } = await found(id);
      const last = await resultStore(db).lastValues(number);
      const all = await resultStore(db).series([number]);
      const items = all.map((each) => ({
        id: each.id,
        checkId: id,
        name: each.name,
        label: seriesLabel(kind, each.name, language),
        unit: each.unit,
        last: last?.values[each.position - 1] ?? null,
        lastAt: last?.at.toISOString() ?? null,
      }));
      return { items };
    },
  };
}

function alertHandlers(parts: Parts): Pick<Handlers<typeof watch>, 'alerts' | 'silences'> {
  const { db } = parts;
  return {
    alerts: {
      async list(input, { language }) {
        const { items, total } = await alertStore(db).list(input);
        const told = items.map((alert) => tellAlert(alert, language));
        return { items: told, total, next: nextOffset(input.after, items.length, total) };
      },
    },
    silences: silenceHandlers(parts),
  };
}

function upkeepDuties(parts: Parts): Duty[] {
  const doubt = new ClockDoubt();
  return [
    {
      name: 'tell alerts after silence',
      everySeconds: 5,
      async work() {
        await endSilences(parts);
        await followWindows(parts, (ids) => askRuns(parts, ids));
        await tellHeldBack(parts);
      },
    },
    {
      name: 'keep measurements',
      everySeconds: 60,
      async work(signal) {
        await sealMeasurements(parts, signal);
        await rollUpDays(parts, signal);
        const now = parts.clock.now();
        const pausedMs = await availabilityStore(parts.db).lastPauseMs(now);
        if (!doubt.isIn({ wallMs: now.getTime(), steadyMs: steadyClock.nowMs() }, pausedMs)) await dropOld(parts);
      },
    },
    { name: 'send measurements on', everySeconds: 10, work: sendMeasurements(parts) },
  ];
}

/** Puts the module together. */
export function createWatch(parts: Parts): WatchModule {
  const tools = createProbeTools(steadyClock);
  const all = { ...parts, lookup: tools.lookup };
  const wake = () => parts.transact((unit) => unit.wake(surroundingsDuty));
  return {
    handlers: {
      async kinds(_input, { language }) {
        const described = await Promise.all([...kinds.values()].map((kind) => describeKind(kind, language)));
        return {
          items: described.map(({ requires, intervalMs, timeoutMs: _timeout, ...each }) => ({
            ...each,
            defaults: kinds.get(each.name)?.complete({}) ?? {},
            intervalSeconds: intervalMs / 1_000,
            needsSsh: requires === 'ssh',
          })),
        };
      },
      checks: checkHandlers(all),
      chart: (input, { language }) => drawChart(parts, input, language),
      look: ({ what }, caller, signal) => look({ db: parts.db, tools, needs: parts.needs }, what, caller, signal),
      async start(input, caller) {
        actorOf(caller);
        const { ids, hostsAdded } = await startProposals(all, input, caller);
        const listed = await checkStore(parts.db).listed(ids);
        return { checks: await tellAll(parts, listed, caller.language), hostsAdded };
      },
      ...alertHandlers(parts),
      profiles: profileHandlers(all),
      bulk: bulkHandlers(all, (ids) => askRuns(parts, ids)),
      ...measurementHandlers(parts),
      ...calmHandlers(parts),
    },
    duties: upkeepDuties(parts),
    noteApiLoop: (ms) => void (tools.own.apiLoopMs = ms),
    watching: {
      name: 'watch',
      everySeconds: 2,
      work: (signal) => keepWatch({ ...parts, tools, keepHeapsDense }, signal),
    },
    reactions: {
      answerRequest: (fact) => answerRequest({ ...parts, runNow: (ids) => askRuns(parts, ids) }, fact),
      async followThing({ id, payload: { thing, change } }) {
        if (change === 'removed') {
          await parts.transact.once(id, 'watch.followThing', (unit) => dropThing(unit, thing, parts.clock.now()));
        } else await wake();
      },
      followDependencies: wake,
      followAccess: wake,
    },
    history: importHistory(parts),
    async metrics(token) {
      if (!(await metricsAllowed(parts.db, token))) return null;
      return tellMetrics(parts.db, parts.clock.now(), await readPulse(parts));
    },
    measured: {
      samples: (asked) => readColumns(parts.db, asked),
      label: seriesLabel,
      amount: amountText,
      noteOdd: (checkId, odd) => noteOdd({ ...parts, runNow: (ids) => askRuns(parts, ids) }, checkId, odd),
    },
    beat: takeBeats(parts),
    watchThisMachine: () => watchThisMachine(parts),
  };
}
