/** Moments that are named rather than typed. */
export const soonNames = ['hour', 'evening', 'tomorrow', 'monday', 'week'] as const;
type Soon = (typeof soonNames)[number];

/** The hour at which a day's work begins and at which the evening does, by the reader's clock. */
const [morning, evening] = [9, 18];

/** When a named moment is, in the reader's zone; null when it is over already (this evening, at night). */
export function soonAt(name: Soon, now: Date): Date | null {
  const at = new Date(now);
  if (name === 'hour') return new Date(now.getTime() + 3_600_000);
  if (name === 'evening') {
    at.setHours(evening, 0, 0, 0);
    return at > now ? at : null;
  }
  // On a Monday, "Monday" is the next one.
  const days = name === 'tomorrow' ? 1 : name === 'week' ? 7 : (8 - now.getDay()) % 7 || 7;
  at.setDate(at.getDate() + days);
  at.setHours(morning, 0, 0, 0);
  return at;
}
