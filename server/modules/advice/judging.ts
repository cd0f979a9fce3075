import type { CheckToJudge, JudgedSeries } from '#analyse/batches/judge-series.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Needs } from './needs.ts';
import { policyFor, type Policy } from './policy.ts';
import { samplesOf } from './sample-text.ts';
import { anomalyStore, type FullAnomaly } from './store-anomaly.ts';
import {
  memoryStore,
  type JudgedCheck,
  type JudgedSeriesRow,
  type MeasuredCheck,
  type Memory,
} from './store-memory.ts';
import { policyStore } from './store-policy.ts';
import { takeJudgements } from './take-judgements.ts';

interface Parts {
  readonly db: Database<'advice'>;
  readonly transact: Transact<'advice'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'reckon' | 'samples' | 'setOdd'>;
}

/** A check is judged when so much has come: fewer, larger batches cost a fraction of many small ones. */
const batchMs = 60_000;
/** A result is told by when its run began, and comes when it has ended: this much later at most. */
const lateMs = 300_000;
/** Of a series that is new to us, so much of its past is learnt from. */
const pastMs = 7 * 86_400_000;
/** Results stay unpacked for two hours; what is older is read as the watch packs it. */
const unpackedMs = 100 * 60_000;
/**
 * Series that are kept in memory, at 33 kB each. What finds no room there is read and written each time, so it waits for
 * larger batches, unless it is to alarm: written each minute, six hundred series cost the database 23 MiB a minute.
 */
const mostKept = 600;
const unkeptBatchMs = 10 * 60_000;
/** What has come is looked up this often, and each turn while something is to alarm. */
const arrivalsMs = 30_000;
/** A check that was made just now has nothing to learn from yet; what it measures meanwhile is read from what is stored. */
const youngMs = 10 * 60_000;
/** Checks whose series are read together, until the bounds of a turn are met: a few hundred bytes for each series. */
const checksAtOnce = 50;
/** Bounds of one turn. */
const mostLoaded = 150;
const mostSeries = 1_500;
const mostNew = 40;
/** Checks that are reckoned together: so many series make one message to the thread beside. */
const seriesAtOnce = 100;
/** What is judged is stored again after so long; a crash costs judging that once more, with the same answers. */
const saveMs = 15 * 60_000;

interface Kept extends Memory {
  readonly savedMs: number;
}

/** A check with its series, as one batch takes it. */
interface Batch {
  readonly check: JudgedCheck;
  readonly policy: Policy;
  readonly series: readonly JudgedSeriesRow[];
  readonly untilMs: number | null;
}

/**
 * Judges every series of the watch as samples come. One at a time does so in all of Vigie: what is kept here is newer than
 * what is stored.
 */
export class Judging {
  readonly #parts: Parts;
  /** Until when each check is judged, and what came since; milliseconds since 1970. */
  #untils: Map<number, number> | null = null;
  readonly #arrived = new Map<number, number>();
  readonly #kept = new Map<number, Kept>();
  /** Checks whose series are kept, and those that are to alarm. */
  readonly #keptChecks = new Set<number>();
  readonly #urgent = new Set<number>();
  /** Checks that were made just now, and when they are old enough. */
  readonly #young = new Map<number, number>();
  #lookedMs = 0;
  #arrivalsAtMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Judges what is due, within the bounds of one turn; `all`: also what came a moment ago. Returns how many checks. */
  async turn(all = false): Promise<number> {
    const { db, clock } = this.#parts;
    const memory = memoryStore(db);
    this.#untils ??= await memory.progress();
    const nowMs = clock.now().getTime();
    if (all || this.#urgent.size > 0 || Math.abs(nowMs - this.#arrivalsAtMs) >= arrivalsMs) {
      this.#arrivalsAtMs = nowMs;
      for (const { checkNumber, atMs } of await memory.arrived(new Date(this.#lookedMs))) {
        this.#arrived.set(checkNumber, atMs);
        this.#lookedMs = Math.max(this.#lookedMs, atMs - lateMs);
      }
    }
    const due = this.#due(nowMs, all);
    if (due.length > 0) {
      const policies = await policyStore(db).all();
      for (const batches of await this.#choose(due, policies, all)) await this.#judge(batches);
    }
    await this.#saveOld(clock.now().getTime());
    return due.length;
  }

  /** Stores what is judged; for the end. */
  async save(): Promise<void> {
    await memoryStore(this.#parts.db).save([...this.#kept.values()]);
    this.#kept.clear();
    this.#keptChecks.clear();
  }

  #batchMs(number: number): number {
    return this.#keptChecks.has(number) || this.#urgent.has(number) || !this.#isFull() ? batchMs : unkeptBatchMs;
  }

  #isFull(): boolean {
    return this.#kept.size >= mostKept;
  }

  /** What waits longest first. */
  #due(nowMs: number, all: boolean): number[] {
    const waiting: { number: number; until: number }[] = [];
    for (const [number, at] of this.#arrived) {
      const until = this.#untils?.get(number) ?? 0;
      if (at <= until || (!all && at - until < this.#batchMs(number))) continue;
      if (all || (this.#young.get(number) ?? 0) <= nowMs) waiting.push({ number, until });
    }
    return waiting.toSorted((one, other) => one.until - other.until).map(({ number }) => number);
  }

  /** Whether a check is too young to be learnt from; those that are to alarm wait for nothing. */
  #isYoung({ number, measuredSinceMs }: MeasuredCheck, { mode }: Policy): boolean {
    const readyMs = measuredSinceMs + youngMs;
    if (mode === 'alert' || this.#untils?.has(number) === true || readyMs <= this.#parts.clock.now().getTime()) {
      this.#young.delete(number);
      return false;
    }
    this.#young.set(number, readyMs);
    return true;
  }

  async #choose(due: readonly number[], policies: readonly Policy[], all: boolean): Promise<Batch[][]> {
    const groups: Batch[][] = [];
    let [current, size, loads, taken, fresh]: [Batch[], number, number, number, number] = [[], 0, 0, 0, 0];
    for await (const { check, policy, own } of this.#candidates(due.slice(0, mostSeries), policies)) {
      if (!all && this.#isYoung(check, policy)) continue;
      const untilMs = this.#untils?.get(check.number) ?? null;
      loads += own.filter(({ id }) => !this.#kept.has(id)).length;
      taken += own.length;
      fresh += untilMs === null ? own.length : 0;
      if (current.length > 0 && (loads > mostLoaded || taken > mostSeries || fresh > mostNew)) break;
      if (size > 0 && size + own.length > seriesAtOnce) {
        groups.push(current);
        [current, size] = [[], 0];
      }
      current.push({ check, policy, series: own, untilMs });
      size += own.length;
    }
    return [...groups, current].filter((group) => group.length > 0);
  }

  /** Checks that are judged, with their series; read as far as they are wanted. */
  async *#candidates(
    numbers: readonly number[],
    policies: readonly Policy[],
  ): AsyncGenerator<{ check: MeasuredCheck; policy: Policy; own: readonly JudgedSeriesRow[] }> {
    const store = memoryStore(this.#parts.db);
    for (let from = 0; from < numbers.length; from += checksAtOnce) {
      const some = numbers.slice(from, from + checksAtOnce);
      const [checks, series] = await Promise.all([store.checks(some), store.series(some)]);
      const checkOf = new Map(checks.map((check) => [check.number, check]));
      const seriesOf = Map.groupBy(series, ({ checkNumber }) => checkNumber);
      for (const number of some) {
        const check = checkOf.get(number);
        const own = seriesOf.get(number) ?? [];
        const policy = check === undefined ? null : policyFor(check, policies);
        if (check === undefined || policy === null || policy.mode === 'off' || own.length === 0) {
          this.#leave(number);
          continue;
        }
        if (policy.mode === 'alert') this.#urgent.add(number);
        else this.#urgent.delete(number);
        yield { check, policy, own };
      }
    }
  }

  async #judge(batches: readonly Batch[]): Promise<void> {
    const { db, clock, needs } = this.#parts;
    const nowMs = clock.now().getTime();
    const ids = batches.flatMap(({ series }) => series.map(({ id }) => id));
    const strange = ids.filter((id) => !this.#kept.has(id));
    for (const each of await memoryStore(db).memories(strange))
      this.#kept.set(each.seriesId, { ...each, savedMs: nowMs });
    const open = Map.groupBy(await anomalyStore(db).goingOn(ids), ({ seriesId }) => seriesId);
    const checks = await this.#read(batches, open, nowMs);
    const reckoned = await needs.reckon({ what: 'judge', checks });
    if (reckoned.what !== 'judge') return;
    const judged = new Map(reckoned.series.map((each) => [each.id, each]));
    await takeJudgements(this.#parts, {
      batches: batches.map(({ check, policy, series }) => ({
        check,
        policy,
        series: series.flatMap(({ id, name, unit }) => {
          const found = judged.get(id);
          return found === undefined ? [] : [{ name, unit, judged: found, firstAt: this.#firstAt(found) }];
        }),
      })),
      goingOn: [...open.values()].flat(),
    });
    for (const batch of batches) this.#keep(batch, judged);
  }

  /** A check that is gone or not judged any more makes room. */
  #leave(number: number): void {
    this.#arrived.delete(number);
    this.#young.delete(number);
    this.#urgent.delete(number);
    if (!this.#keptChecks.delete(number)) return;
    for (const [id, { checkNumber }] of this.#kept) if (checkNumber === number) this.#kept.delete(id);
  }

  #firstAt({ id, firstMs }: JudgedSeries): Date {
    return this.#kept.get(id)?.firstAt ?? new Date(Number.isNaN(firstMs) ? this.#parts.clock.now() : firstMs);
  }

  async #read(
    batches: readonly Batch[],
    open: ReadonlyMap<number, readonly FullAnomaly[]>,
    nowMs: number,
  ): Promise<CheckToJudge[]> {
    const near = batches.filter(({ untilMs }) => untilMs !== null && untilMs > nowMs - unpackedMs);
    const fresh = await memoryStore(this.#parts.db).fresh(
      near.map(({ check, untilMs }) => ({ checkNumber: check.number, after: new Date(untilMs ?? 0) })),
    );
    const all: CheckToJudge[] = [];
    for (const { check, series, untilMs } of batches) {
      const text = fresh.get(check.number);
      const positions = series.map(({ position }) => position);
      const isNear = untilMs !== null && untilMs > nowMs - unpackedMs;
      const columns = isNear
        ? samplesOf(text ?? '', positions)
        : joined(
            await this.#parts.needs.samples({
              checkNumber: check.number,
              positions,
              from: new Date(Math.max((untilMs ?? 0) + 1, nowMs - pastMs)),
              until: new Date(nowMs + 86_400_000),
            }),
            positions.length,
          );
      all.push({
        checkNumber: check.number,
        ...columns,
        series: series.map(({ id }, place) => ({
          id,
          place,
          state: this.#kept.get(id)?.state ?? null,
          untilMs: this.#kept.get(id)?.until.getTime() ?? 0,
          goingOn: (open.get(id) ?? []).map(({ id: anomalyId, kind, expected, seen, at, calm }) => ({
            id: anomalyId,
            kind,
            expected,
            seen,
            calm,
            atMs: at.getTime(),
          })),
        })),
      });
    }
    return all;
  }

  #keep({ check, series }: Batch, judged: ReadonlyMap<number, JudgedSeries>): void {
    let least = Number.POSITIVE_INFINITY;
    for (const { id } of series) {
      const found = judged.get(id);
      if (found === undefined) continue;
      const before = this.#kept.get(id);
      least = Math.min(least, found.untilMs);
      this.#kept.set(id, {
        seriesId: id,
        checkNumber: check.number,
        firstAt: this.#firstAt(found),
        until: new Date(found.untilMs),
        samples: (before?.samples ?? 0) + found.samples,
        state: found.state,
        savedMs: before?.savedMs ?? 0,
      });
    }
    const until = Number.isFinite(least) ? least : 0;
    this.#untils?.set(check.number, until);
    const newest = this.#arrived.get(check.number) ?? 0;
    // Nothing more to read, though something newer is said to have come: it belongs to no series.
    if (until >= newest) this.#arrived.delete(check.number);
    else if (!series.some(({ id }) => (judged.get(id)?.samples ?? 0) > 0)) {
      this.#untils?.set(check.number, newest);
      this.#arrived.delete(check.number);
    }
  }

  /** Stores what was not for long, and what there is no room for: the last to come go first, so that the others stay. */
  async #saveOld(nowMs: number): Promise<void> {
    const beyond = [...this.#kept.values()].filter(({ checkNumber }) => !this.#keptChecks.has(checkNumber));
    const leaving = this.#room(beyond);
    const old = [...this.#kept.values()].filter(({ savedMs }) => nowMs - savedMs >= saveMs).slice(0, mostLoaded);
    const all = [...new Map([...leaving, ...old].map((each) => [each.seriesId, each])).values()];
    if (all.length === 0) return;
    await memoryStore(this.#parts.db).save(all);
    for (const each of old) this.#kept.set(each.seriesId, { ...each, savedMs: nowMs });
    for (const { seriesId } of leaving) this.#kept.delete(seriesId);
  }

  /** Lets newcomers stay as long as there is room, check by check; those that have to leave. */
  #room(newcomers: readonly Kept[]): readonly Kept[] {
    let taken = this.#kept.size - newcomers.length;
    const leaving: Kept[] = [];
    for (const [number, series] of Map.groupBy(newcomers, ({ checkNumber }) => checkNumber)) {
      if (taken + series.length <= mostKept) {
        this.#keptChecks.add(number);
        taken += series.length;
      } else leaving.push(...series);
    }
    return leaving;
  }
}

function joined(
  parts: readonly { readonly times: readonly number[]; readonly values: readonly ArrayLike<number>[] }[],
  width: number,
): { times: Float64Array; values: Float64Array[] } {
  const order = parts
    .flatMap((part, from) => part.times.map((timeMs, at) => ({ timeMs, from, at })))
    .toSorted((one, other) => one.timeMs - other.timeMs);
  return {
    times: Float64Array.from(order, ({ timeMs }) => timeMs),
    values: Array.from({ length: width }, (_none, place) =>
      Float64Array.from(order, ({ from, at }) => parts[from]?.values[place]?.[at] ?? Number.NaN),
    ),
  };
}
