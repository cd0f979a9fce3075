/** Lets at most so many pieces of work go on at once; the others wait in order. */
export type Turnstile = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Makes a turnstile of the given width. */
export function turnstile(width: number): Turnstile {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside >= width) await new Promise<void>((enter) => waiting.push(enter));
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    }
  };
}
