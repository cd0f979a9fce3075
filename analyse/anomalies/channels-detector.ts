import { MovingMean } from './moving-mean.ts';
import { readState, writeState } from './saved-state.ts';

/** Moments taken as normal, to learn what normal is: enough for a spread within a few percent, with the echo in them. */
const learntMoments = 400;
/** Moments a change is looked for over: how long the smoothed value remembers, about ten. */
const smoothing = 0.1;
/** The echo of a channel is what is left of a departure after this many moments. */
const echoMoments = 45;
/** A departure of this many spreads is as likely as not worth telling; the score is 0.5 there. */
const tellAt = 3.7;
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
 * Judges several measurements of one thing together, and says whether its state is strange. Each channel is smoothed and
 * compared with its own normal; a channel that wanders (departures echo long) is believed less, because its few
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

  /** All it remembers; about 500 bytes a channel. */
  save(): Uint8Array {
    return writeState(this.memory);
  }

  /** Goes on from what `save` of a detector with as many channels gave. Throws RangeError otherwise. */
  restore(saved: Uint8Array): void {
    readState(this.memory, saved);
  }
}

class Channel {
  readonly smooth = new MovingMean(smoothing);
  /** Smoothed values of late, to see how long a departure echoes. */
  private readonly past = new Float64Array(echoMoments);
  private learnt = 0;
  private change = 0;
  mean = 0;
  private variance = 0;
  /** Mean square of the change over `echoMoments`. */
  private drift = 0;

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
  private readonly channels: readonly Channel[];
  private moment = 0;
  private learnt = 0;
  /** Moments that the strange state has lasted. */
  private strangeFor = 0;
  private sinceMs = 0;

  constructor(channels: number) {
    this.channels = Array.from({ length: channels }, () => new Channel());
  }

  judge(timeMs: number, values: readonly number[]): ChannelsJudgement {
    let farthest = 0;
    let most = 0;
    for (const [at, channel] of this.channels.entries()) {
      const value = values[at] ?? Number.NaN;
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
    for (const channel of this.channels) channel.learn(isKnown);
  }

  private told(timeMs: number, farthest: number, departure: number): ChannelsJudgement {
    const score = departure / (departure + tellAt);
    if (departure < tellAt) {
      this.strangeFor = 0;
      return { score, reason: undefined };
    }
    if (this.strangeFor === 0) this.sinceMs = timeMs;
    this.strangeFor += 1;
    const channel = this.channels[farthest];
    const expected = channel?.mean ?? 0;
    const seen = channel?.smooth.mean ?? 0;
    if (this.strangeFor > newNormalAfter) this.startAnew();
    return { score, reason: { channel: farthest, expected, seen, sinceMs: this.sinceMs } };
  }

  private startAnew(): void {
    this.learnt = 0;
    this.strangeFor = 0;
    for (const channel of this.channels) channel.startAnew();
  }
}
