import type { MetricSample } from './metric-family.ts';

/** What is known of one histogram while its samples pass. */
export class HistogramCheck {
  #bound: number | null = null;
  #inBucket = 0;
  #count: number | null = null;
  #hasSum = false;
  #hasGaugeSum = false;
  #isGaugeSumNegative = false;
  #hasNegativeBounds = false;

  /** Takes the next sample; false when buckets are out of order or count down. */
  take({ labels, value }: MetricSample, suffix: string): boolean {
    if (suffix === '_bucket') {
      const bound = Number((labels.get('le') ?? '').replace('Inf', 'Infinity'));
      if (this.#bound !== null && (bound <= this.#bound || value < this.#inBucket)) return false;
      this.#hasNegativeBounds ||= bound < 0;
      this.#bound = bound;
      this.#inBucket = value;
    } else if (suffix === '_count' || suffix === '_gcount') this.#count = value;
    else if (suffix === '_sum') this.#hasSum = true;
    else if (suffix === '_gsum') {
      this.#hasGaugeSum = true;
      this.#isGaugeSumNegative = value < 0;
    }
    return true;
  }

  /** Whether all samples together make a histogram. */
  get isWhole(): boolean {
    if (this.#bound !== Number.POSITIVE_INFINITY) return false;
    if (this.#count !== null && this.#count !== this.#inBucket) return false;
    if ((this.#hasSum || this.#hasGaugeSum) !== (this.#count !== null)) return false;
    if (this.#hasNegativeBounds && this.#hasSum) return false;
    return this.#hasNegativeBounds || !this.#isGaugeSumNegative;
  }
}
