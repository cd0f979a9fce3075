import { MovingMean } from './moving-mean.ts';
import { readState, writeState } from './saved-state.ts';

/** Moments taken as normal, to learn what normal is: enough for a spread within a few percent, with the echo in them. */
const learntMoments = 400;
/** Paces at which a channel is followed, as weights of the newest value: changes over some ten moments, and some four. */
const paces = [0.1, 0.25] as const;
/** The echo of a channel is what is left of a departure after this many moments. */
const echoMoments = 45;
/** A departure of this many spreads is as likely as not worth telling; the score is 0.5 there. */
const tellAt = 4.1;
/** Only moments that depart by less teach. */
const teachBelow = 3;
/** A strange state that lasts this many moments is the new normal, learnt from the start. */
const newNormalAfter = 4 * learntMoments;
/** Larger numbers are taken for this one. */
const mostValue = 1e100;

/** What the detector says of one moment. */
export interface ChannelsJudgement {
  /** From 0 to 1; 0.5 and above while the state is strange: unlike for one series, as long as it lasts. */
  readonly score: number;
  /** The channel that departs most (its place among the values), what it usually is, what it is now, since when. */
  readonly reason:
    | { readonly channel: number; readonly expected: number; readonly seen: number; readonly sinceMs: number }
    | undefined;
}

/**
 * Judges several measurements of one thing together, and says whether its state is strange. Each channel is smoothed
 * at two paces and each compared with its own normal; a channel that wanders (departures echo long) is believed less, because its few
 * independent moments say little about where it may go. The farthest channel decides.
 */
export class ChannelsDetector {
  private readonly memory: ChannelsMemory;

  /** @param channels how many values a moment has. */
  constructor(channels: number) {
    this.memory = new ChannelsMemory(channels);
  }

  /** Judges the values of a moment and learns them; NaN is a value that is missing. */
  push(timeMs: number, values: readonly number[]): ChannelsJudgement {
    return this.memory.judge(timeMs, values);
  }

  /** All it remembers; about 900 bytes a channel. */
  save(): Uint8Array {
    return writeState(this.memory);
  }

  /** Goes on from what `save` of a detector with as many channels gave. Throws RangeError otherwise. */
  restore(saved: Uint8Array): void {
    readState(this.memory, saved);
  }
}

/** A channel at one pace. */
class PacedChannel {
  readonly smooth: MovingMean;
  /** Smoothed values of late, to see how long a departure echoes. */
  private readonly past = new Float64Array(echoMoments);
  private learnt = 0;
  private change = 0;
  mean = 0;
  private variance = 0;
  /** Mean square of the change over `echoMoments`. */
  private drift = 0;

  constructor(pace: number) {
    this.smooth = new MovingMean(pace);
  }

  /** Takes the value in, and tells how far the channel is from its normal, in believed spreads. */
  departure(value: number, moment: number): number {
    const at = moment % echoMoments;
    const before = this.past[at] ?? 0;
    const now = Number.isNaN(value) ? this.smooth.mean : this.smooth.add(value);
    this.past[at] = now;
    this.change = moment < 2 * echoMoments ? 0 : now - before;
    const spread = Math.sqrt(this.variance) + 1e-9 * Math.abs(this.mean) + 1e-12;
    const echo = Math.max(0, Math.min(1, 1 - this.drift / 2 / (this.variance + 1e-300)));
    return (Math.abs(now - this.mean) / spread) * Math.sqrt(1.02 - echo);
  }

  /** Learns the present as normal; `isKnown` once outliers may no longer pull. */
  learn(isKnown: boolean): void {
    this.learnt += 1;
    const most = 2.5 * Math.sqrt(this.variance) + 1e-12;
    const off = this.smooth.mean - this.mean;
    const departure = isKnown ? Math.max(-most, Math.min(most, off)) : off;
    const weight = 1 / this.learnt;
    this.mean += weight * departure;
    this.variance = (1 - weight) * (this.variance + weight * departure * departure);
    if (this.change === 0) return;
    const square = this.change * this.change;
    this.drift += weight * ((isKnown ? Math.min(square, 4 * this.drift) : square) - this.drift);
  }

  startAnew(): void {
    this.learnt = 0;
    this.mean = this.variance = this.drift = 0;
  }
}

class ChannelsMemory {
  /** Each channel at each pace, the paces of a channel side by side. */
  private readonly paced: readonly PacedChannel[];
  private moment = 0;
  private learnt = 0;
  /** Moments that the strange state has lasted. */
  private strangeFor = 0;
  private sinceMs = 0;

  constructor(channels: number) {
    this.paced = Array.from({ length: channels }, () => paces.map((pace) => new PacedChannel(pace))).flat();
  }

  judge(timeMs: number, values: readonly number[]): ChannelsJudgement {
    let farthest = 0;
    let most = 0;
    for (const [at, channel] of this.paced.entries()) {
      const value = values[channelOf(at)] ?? Number.NaN;
      const departure = channel.departure(Math.max(-mostValue, Math.min(mostValue, value)), this.moment);
      if (departure > most) [farthest, most] = [at, departure];
    }
    this.moment += 1;
    const isKnown = this.learnt >= learntMoments;
    if (!isKnown || most < teachBelow) this.learn(isKnown);
    return isKnown ? this.told(timeMs, farthest, most) : { score: 0, reason: undefined };
  }

  private learn(isKnown: boolean): void {
    this.learnt += 1;
    for (const channel of this.paced) channel.learn(isKnown);
  }

  private told(timeMs: number, farthest: number, departure: number): ChannelsJudgement {
    const score = departure / (departure + tellAt);
    if (departure < tellAt) {
      this.strangeFor = 0;
      return { score, reason: undefined };
    }
    if (this.strangeFor === 0) this.sinceMs = timeMs;
    this.strangeFor += 1;
    const paced = this.paced[farthest];
    const expected = paced?.mean ?? 0;
    const seen = paced?.smooth.mean ?? 0;
    if (this.strangeFor > newNormalAfter) this.startAnew();
    return { score, reason: { channel: channelOf(farthest), expected, seen, sinceMs: this.sinceMs } };
  }

  private startAnew(): void {
    this.learnt = 0;
    this.strangeFor = 0;
    for (const channel of this.paced) channel.startAnew();
  }
}

function channelOf(paced: number): number {
  return Math.floor(paced / paces.length);
}
