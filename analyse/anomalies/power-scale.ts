/**
 * The power that values are judged in: between a root, which makes counts spread alike at each level (Anscombe 1948), and
 * the values as they are, on which what is far off stands out. Units do not matter to it.
 */
const power = 0.65;

/** A value on the scale that is judged. */
export function toScale(value: number): number {
  return Math.sign(value) * Math.abs(value) ** power;
}

/** The value of a place on the scale. */
export function fromScale(place: number): number {
  return Math.sign(place) * Math.abs(place) ** (1 / power);
}
