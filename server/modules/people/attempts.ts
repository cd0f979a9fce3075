/** How many wrong passwords are forgiven within the window, by address and by mail address. */
export const attemptRules = { windowMinutes: 15, perMail: 10, perAddress: 50 } as const;

/** Minutes to wait before the next attempt; 0 when it may be made now. */
export function minutesToWait(failuresOfMail: number, failuresOfAddress: number): number {
  const locked = failuresOfMail >= attemptRules.perMail || failuresOfAddress >= attemptRules.perAddress;
  return locked ? attemptRules.windowMinutes : 0;
}
