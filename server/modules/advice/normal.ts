/** What of a series somebody called normal. */
export interface Normal {
  readonly id: string;
  readonly seriesId: number;
  readonly about: 'value' | 'spread' | 'stuck';
  readonly low: number;
  readonly high: number;
}

interface Odd {
  readonly kind: string;
  readonly expected: number;
  readonly seen: number;
}

/** Beyond what was called normal, this share of its width is normal too: no two nights are alike to the last digit. */
const margin = 0.25;

function aboutOf(kind: string): Normal['about'] {
  return kind === 'spread' || kind === 'stuck' ? kind : 'value';
}

/** What becomes normal when somebody says so of an anomaly: all between what was expected and what was seen. */
export function normalOf({ kind, expected, seen }: Odd): Pick<Normal, 'about' | 'low' | 'high'> {
  const about = aboutOf(kind);
  if (about === 'stuck') return { about, low: seen, high: seen };
  const [low, high] = [Math.min(expected, seen), Math.max(expected, seen)];
  const beyond = (high - low) * margin;
  return { about, low: low - beyond, high: high + beyond };
}

/** Whether an anomaly lies within what was called normal. */
export function isNormal({ kind, seen }: Odd, { about, low, high }: Pick<Normal, 'about' | 'low' | 'high'>): boolean {
  return aboutOf(kind) === about && seen >= low && seen <= high;
}
