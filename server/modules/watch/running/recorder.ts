import type { Log } from '#platform/log.ts';
import type { Metric } from '#probe/check-kind.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import type { RunMemory } from '#probe/run-memory.ts';
import { sharedPositions } from './shared-positions.ts';
import type { ResultRow, SeriesRow } from './store-result.ts';
import type { StoredResult } from '../watched-check.ts';
import type { Watched } from './watched.ts';

interface Parts {
  readonly store: {
    /** Stores results and tells the screens of it, naming some of the checks. */
    readonly addAll: (rows: readonly ResultRow[], told: readonly string[]) => Promise<void>;
    readonly addSeries: (rows: readonly SeriesRow[]) => Promise<void>;
    /** Stores what checks remember, as JSON by the number of the check. */
    readonly keep: (kept: ReadonlyMap<number, string>) => Promise<void>;
    readonly keepDays: () => Promise<void>;
  };
  readonly log: Log;
}

/** Units as the contract writes them. */
export const seriesUnits: Readonly<Record<Metric['unit'], string>> = {
  ms: 'ms',
  percent: '%',
  bytes: 'B',
  bytesPerSecond: 'B/s',
  bitsPerSecond: 'bit/s',
  perSecond: '1/s',
  days: 'd',
  seconds: 's',
  count: '1',
  number: '1',
  celsius: '°C',
  volts: 'V',
  amperes: 'A',
  watts: 'W',
  hertz: 'Hz',
  revolutionsPerMinute: 'rpm',
  decibelMilliwatts: 'dBm',
};

// A database that is away for a while must not fill the memory; what is beyond is lost and said.
const mostWaiting = 100_000;
const mostAtOnce = 5_000;
/** A check of many measurements counts for more: one statement carries at most so many values. */
const mostValuesAtOnce = 100_000;
/** Many exporters that are met together bring more; what is left comes with the next write. */
const mostSeriesAtOnce = 20_000;
const mostPositions = 500;
const mostTold = 100;
const mostKeptBytes = 4_096;

/** Gathers results and writes many with one statement: a transaction for each would cost more than the checks. */
export class Recorder {
  readonly #parts: Parts;
  #waiting: ResultRow[] = [];
  #newSeries: SeriesRow[] = [];
  #kept = new Map<number, string>();
  #pulse = new Set<string>();
  #writing: Promise<boolean> = Promise.resolve(true);
  /** A flush that has not begun: whoever asks meanwhile shares it, it takes all that is there when it begins. */
  #next: Promise<boolean> | null = null;
  #lost = 0;
  #lostInAll = 0;
  #writes = { count: 0, ms: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes a result; it is stored with the next flush. */
  add(watched: Watched, result: StoredResult, metrics: readonly Metric[]): void {
    if (this.#waiting.length >= mostWaiting) {
      this.#lost += 1;
      return;
    }
    const { id, number } = watched.stored;
    const values: (number | undefined)[] = [];
    let more: Map<string, number> | null = null;
    for (const metric of metrics) {
      let position = (more ?? watched.positions).get(metric.name);
      if (position === undefined && (more ?? watched.positions).size < mostPositions) {
        more ??= new Map(watched.positions);
        position = this.#addSeries(number, more, metric);
      }
      if (position !== undefined) values[position - 1] = metric.value;
    }
    if (more !== null) watched.positions = sharedPositions(more);
    const { at, verdict, reason, confirming, durationMs, output } = result;
    this.#waiting.push({ checkNumber: number, at, verdict, reason, confirming, durationMs, output, values });
    if (this.#pulse.size < mostTold) this.#pulse.add(id);
    if (watched.kept?.changed === true) this.#keep(watched, watched.kept);
  }

  /**
   * Writes what has gathered; flushes follow each other. Never rejects: what could not be written is tried again.
   * False when something of what was there is not stored.
   */
  flush(): Promise<boolean> {
    if (this.#next !== null) return this.#next;
    this.#writing = this.#writing.then(() => {
      this.#next = null;
      return this.#write();
    });
    this.#next = this.#writing;
    return this.#writing;
  }

  /** How writing goes: what waits for it, the mean time of a write since the last look, and what was lost in all. */
  look(): { readonly unwritten: number; readonly writeMs: number; readonly lost: number } {
    const { count, ms } = this.#writes;
    this.#writes = { count: 0, ms: 0 };
    return {
      unwritten: this.#waiting.length,
      writeMs: count === 0 ? 0 : Math.round((ms * 10) / count) / 10,
      lost: this.#lostInAll + this.#lost,
    };
  }

  #keep(watched: Watched, kept: RunMemory): void {
    kept.changed = false;
    const text = JSON.stringify(kept);
    if (Buffer.byteLength(text) <= mostKeptBytes) this.#kept.set(watched.stored.number, text);
    else this.#parts.log.warn({ check: watched.stored.id }, 'a check wants to keep more than it may; it is not stored');
  }

  #addSeries(checkNumber: number, positions: Map<string, number>, { name, unit }: Metric): number {
    const position = positions.size + 1;
    positions.set(name, position);
    this.#newSeries.push({ checkNumber, position, name, unit: seriesUnits[unit] });
    return position;
  }

  #take(most: number): ResultRow[] {
    let values = 0;
    let count = 0;
    while (count < most && count < mostAtOnce && values < mostValuesAtOnce) {
      values += this.#waiting[count]?.values.length ?? 0;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** Writes what is there now. What comes meanwhile is for the next flush: else, under load, none would ever end. */
  async #write(): Promise<boolean> {
    let left = this.#waiting.length;
    while (left > 0) {
      const rows = this.#take(left);
      left -= rows.length;
      if (!(await this.#writeSome(rows))) return false;
    }
    return true;
  }

  async #writeSome(rows: readonly ResultRow[]): Promise<boolean> {
    const series = this.#newSeries.splice(0, mostSeriesAtOnce);
    const kept = this.#kept;
    this.#kept = new Map();
    const told = [...this.#pulse];
    this.#pulse.clear();
    const { store, log } = this.#parts;
    const startedMs = steadyClock.nowMs();
    try {
      await store.addSeries(series);
      await store.addAll(rows, told);
      await store.keep(kept);
    } catch (error) {
      this.#waiting.unshift(...rows);
      this.#newSeries.unshift(...series);
      this.#kept = new Map([...kept, ...this.#kept]);
      log.warn(
        { error: String(error), waiting: this.#waiting.length },
        'results could not be stored; they are kept and tried again',
      );
      // A machine that slept over midnight finds no partition for today.
      await store.keepDays().catch(() => undefined);
      return false;
    }
    this.#writes.count += 1;
    this.#writes.ms += steadyClock.nowMs() - startedMs;
    if (this.#lost > 0) log.error({ lost: this.#lost }, 'the database was away too long; results were lost');
    this.#lostInAll += this.#lost;
    this.#lost = 0;
    return true;
  }
}
