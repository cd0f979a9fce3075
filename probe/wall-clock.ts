/**
 * The machine's own wall clock as it stands at this moment, corrections included, in milliseconds since 1970. Only for
 * comparing it with another clock: everything else goes by the probe's steady clock.
 */
export function wallClockMs(): number {
  return Date.now();
}
