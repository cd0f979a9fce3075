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
  // Box and Muller give two at a time.
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const size = Math.sqrt(-2 * Math.log(1 - even()));
    const angle = 2 * Math.PI * even();
    spare = size * Math.sin(angle);
    return size * Math.cos(angle);
  };
  return { even, normal };
}
