import type { State } from '#contract/alert.ts';

/** What becomes of a check's alert when its state or its restlessness changed. */
export type AlertDecision = 'raise' | 'worsen' | 'clear' | 'leave';

/**
 * A check that is down or degraded by itself, or that comes and goes, has one alert. It is cleared when the check is up
 * and stays so; while it flaps nothing is cleared and nothing raised again. What is unreachable opens nothing, and what
 * is unknown changes nothing: nothing is known.
 */
export function decideAlert(
  now: { readonly state: State; readonly flapping: boolean },
  open: { readonly state: State } | null,
): AlertDecision {
  switch (now.state) {
    case 'down':
    case 'degraded':
      if (open === null) return 'raise';
      return open.state === now.state || now.flapping ? 'leave' : 'worsen';
    case 'up':
      if (now.flapping) return open === null ? 'raise' : 'leave';
      return open === null ? 'leave' : 'clear';
    default:
      return 'leave';
  }
}
