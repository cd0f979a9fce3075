/** Milliseconds since some moment in the past, for measuring how long things take; never for saying when they were. */
export function monotonicMs(): number {
  return performance.now();
}
