/** Draws that are the same each time: xorshift of 32 bits (Marsaglia 2003), and normal draws by Box and Muller. */
export interface Draws {
  /** Evenly from [0, 1). */
  readonly even: () => number;
  /** From the standard normal distribution. */
  readonly normal: () => number;
}

export function drawsFrom(seed: number): Draws {
  let state = seed | 0 || 0x9e37_79b9;
  const even = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
  return { even, normal: () => Math.sqrt(-2 * Math.log(1 - even())) * Math.cos(2 * Math.PI * even()) };
}
