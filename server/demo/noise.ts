/**
 * Chance that can be asked again: the same seed and place always give the same number, in any order. The past that is
 * written once and the present that is invented while one looks must fit together.
 */

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2_b2_ae_35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A number for a word. */
export function seedOf(word: string): number {
  let seed = 0x9e_37_79_b9;
  for (let index = 0; index < word.length; index += 1) seed = mix(seed ^ word.charCodeAt(index));
  return seed;
}

/** Evenly spread from 0 (included) to 1 (excluded). */
export function noiseAt(seed: number, place: number): number {
  const high = Math.floor(place / 2 ** 32);
  return mix(mix(seed ^ (place >>> 0)) ^ Math.imul(high + 1, 0x27_d4_eb_2f)) / 2 ** 32;
}

/** From -1 to 1, without jumps: neighbouring places have like values. */
export function wave(seed: number, place: number): number {
  const left = Math.floor(place);
  const part = place - left;
  const smooth = part * part * (3 - 2 * part);
  return (noiseAt(seed, left) * (1 - smooth) + noiseAt(seed, left + 1) * smooth) * 2 - 1;
}

/** A row of throws that is the same for the same word. */
export interface Dice {
  /** From `least` to `most`, not rounded. */
  between(least: number, most: number): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  chance(probability: number): boolean;
  /** @throws Error when there is nothing to pick from */
  pick<Item>(items: readonly Item[]): Item;
}

export function diceOf(word: string): Dice {
  const seed = seedOf(word);
  let thrown = 0;
  const next = (): number => {
    thrown += 1;
    return noiseAt(seed, thrown);
  };
  return {
    between: (least, most) => least + next() * (most - least),
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
