import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import type { Metric } from '#probe/check-kind.ts';
import type { ResultRow, SeriesRow } from './store-result.ts';
import type { StoredResult } from './watched-check.ts';
import type { Watched } from './watched.ts';

interface Parts {
  readonly store: {
    readonly addAll: (rows: readonly ResultRow[]) => Promise<void>;
    readonly addSeries: (rows: readonly SeriesRow[]) => Promise<void>;
    readonly keepDays: () => Promise<void>;
  };
  readonly live: Pick<LiveLine, 'tell'>;
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
const mostPositions = 500;
const mostTold = 100;

/** Gathers results and writes many with one statement: a transaction for each would cost more than the checks. */
export class Recorder {
  readonly #parts: Parts;
  #waiting: ResultRow[] = [];
  #newSeries: SeriesRow[] = [];
  #pulse = new Set<string>();
  #writing: Promise<void> = Promise.resolve();
  #lost = 0;

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
    for (const metric of metrics) {
      const position = this.#positionOf(watched, metric);
      if (position !== null) values[position - 1] = metric.value;
    }
    this.#waiting.push({ ...result, checkNumber: number, values });
    if (this.#pulse.size < mostTold) this.#pulse.add(id);
  }

  /** Writes what has gathered; flushes follow each other. Never rejects: what could not be written is tried again. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  #positionOf(watched: Watched, metric: Metric): number | null {
    const known = watched.positions.get(metric.name);
    if (known !== undefined) return known;
    const position = watched.positions.size + 1;
    if (position > mostPositions) return null;
    watched.positions.set(metric.name, position);
    this.#newSeries.push({
      checkNumber: watched.stored.number,
      position,
      name: metric.name,
      unit: seriesUnits[metric.unit],
    });
    return position;
  }

  async #write(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const rows = this.#waiting.splice(0, mostAtOnce);
    const series = this.#newSeries.splice(0);
    const told = [...this.#pulse];
    this.#pulse.clear();
    const { store, live, log } = this.#parts;
    try {
      await store.addSeries(series);
      await store.addAll(rows);
    } catch (error) {
      this.#waiting.unshift(...rows);
      this.#newSeries.unshift(...series);
      log.warn(
        { error: String(error), waiting: this.#waiting.length },
        'results could not be stored; they are kept and tried again',
      );
      // A machine that slept over midnight finds no partition for today.
      await store.keepDays().catch(() => undefined);
      return;
    }
    if (this.#lost > 0) log.error({ lost: this.#lost }, 'the database was away too long; results were lost');
    this.#lost = 0;
    await live.tell([{ topic: 'watch.results', id: null, extra: { checks: told } }]).catch(() => undefined);
    if (this.#waiting.length > 0) await this.#write();
  }
}
