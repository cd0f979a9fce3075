const gridMs = 50;

/**
 * A time limit rounded up to a coarse grid. Timers of the same duration share one entry in the process's own list, so
 * that a limit for each of thousands of runs costs next to nothing and wakes nobody.
 */
export function coarse(ms: number): number {
  return Math.ceil(ms / gridMs) * gridMs;
}
