import type { PreparedCheck } from '#probe/check-kind.ts';
import type { Clock } from '#platform/clock.ts';
import type { InventedRun } from '../modules/watch/module.ts';
import { inventedSite } from './company/checks.ts';
import { hosts, linkToQuebec } from './company/hosts.ts';
import { inventResult, type Failing } from './invent-result.ts';
import type { Looked } from './measure.ts';
import { noiseAt, seedOf } from './noise.ts';

/** One check of the invented company, as the world knows it since it was run first. */
interface Seen {
  readonly looked: Looked;
  failing: Failing | null;
  /** When it comes back by itself; null: when somebody does something. */
  untilMs: number | null;
}

const minuteMs = 60_000;
/** Small mishaps come soon at first, so that whoever has just arrived sees one, and then ever more seldom. */
const firstMishapMs = 3 * minuteMs;
const longestPauseMs = 240 * minuteMs;
const linkComesBackMs = 45 * minuteMs;
/** What may fail by itself for a while without anything else falling with it. */
const mayFail = new Set(['http', 'systemd-unit', 'ssh-command']);

const linkAddress = hosts.find(({ name }) => name === linkToQuebec)?.address ?? '';

/**
 * How the hosts of the invented company are doing. At the start they are as the stored states say; a run that does
 * something on a host mends what was wrong with it, and now and then something fails for a few minutes.
 */
export class InventedWorld {
  readonly #clock: Clock;
  readonly #seen = new Map<string, Seen>();
  /** Until the link itself was looked at, it is as those behind it say. */
  #cutOff = false;
  /** Hosts on which somebody did something before their checks had run. */
  readonly #mended = new Set<string>();
  #nextMishapMs: number;
  #pauseMs = 20 * minuteMs;
  #mishaps = 0;
  #presentMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#nextMishapMs = clock.now().getTime() + firstMishapMs;
    this.#presentMs = clock.now().getTime();
  }

  /** Says when the company was invented, if that was before this start: what is told from then on goes on. */
  beganAt(at: Date): void {
    this.#presentMs = at.getTime();
  }

  /** Stands in for the run of a check on an invented host; null for every other. */
  readonly run: InventedRun = ({ id, kind, settings, address, state }): PreparedCheck | null => {
    const site = inventedSite(address);
    if (site === null) return null;
    const { distanceMs, hoursAhead } = site;
    const presentMs = this.#presentMs;
    const looked = { kind, address, settings, distanceMs, hoursAhead, presentMs };
    return async () => {
      const nowMs = this.#clock.now().getTime();
      this.#begin(id, looked, state, nowMs);
      this.#letHappen(nowMs);
      return inventResult(looked, this.#failing(id, looked), nowMs);
    };
  };

  /** Somebody did something on a host: what was wrong with it, and because of it, is over. */
  mend(address: string): void {
    this.#mended.add(address);
    for (const seen of this.#seen.values())
      if (seen.looked.address === address || seen.failing === 'gone') seen.failing = null;
  }

  #begin(id: string, looked: Looked, state: string, nowMs: number): void {
    const known = this.#seen.get(id);
    if (known !== undefined) {
      this.#seen.set(id, { ...known, looked });
      return;
    }
    const isLink = looked.address === linkAddress;
    const byState: Readonly<Record<string, Failing>> = { down: 'down', degraded: 'degraded', unreachable: 'gone' };
    const behindLink = state === 'unreachable' && inventedSite(looked.address)?.key === 'quebec';
    if (behindLink) this.#cutOff = true;
    const well = behindLink || this.#mended.has(looked.address);
    const failing = well ? null : (byState[state] ?? null);
    this.#seen.set(id, { looked, failing, untilMs: isLink ? nowMs + linkComesBackMs : null });
  }

  #failing(id: string, looked: Looked): Failing | null {
    if (inventedSite(looked.address)?.key === 'quebec' && this.#linkFails()) return 'gone';
    return this.#seen.get(id)?.failing ?? null;
  }

  #linkFails(): boolean {
    const link = [...this.#seen.values()].find(({ looked }) => looked.address === linkAddress);
    return link === undefined ? this.#cutOff : link.failing !== null;
  }

  #letHappen(nowMs: number): void {
    for (const seen of this.#seen.values())
      if (seen.untilMs !== null && nowMs >= seen.untilMs) {
        seen.failing = null;
        seen.untilMs = null;
      }
    if (nowMs < this.#nextMishapMs) return;
    this.#mishaps += 1;
    this.#nextMishapMs = nowMs + this.#pauseMs;
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 1.7);
    const well = [...this.#seen.values()].filter(
      ({ failing, looked }) =>
        failing === null && mayFail.has(looked.kind) && inventedSite(looked.address)?.key !== 'quebec',
    );
    const hit = well[Math.floor(noiseAt(seedOf('mishap'), nowMs / 1_000 + this.#mishaps) * well.length)];
    if (hit === undefined) return;
    hit.failing = hit.looked.kind === 'ssh-command' ? 'degraded' : 'down';
    hit.untilMs = nowMs + (2.5 + noiseAt(seedOf('lasts'), this.#mishaps) * 4) * minuteMs;
  }
}
