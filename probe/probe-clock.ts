/** The time a probe works by, given from outside so that tests can move it. */
export interface ProbeClock {
  /** Milliseconds since 1970; never goes back while the process lives. */
  nowMs(): number;
}

/**
 * The real time. It is read once from the wall and then follows the monotonic timer: a correction of
 * the machine's clock must neither stop the checks nor start them all at once.
 */
export const steadyClock: ProbeClock = {
  nowMs: () => performance.timeOrigin + performance.now(),
};
