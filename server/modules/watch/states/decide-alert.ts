import type { State } from '#contract/alert.ts';

/** What becomes of a check's alert when its state or its restlessness changed. */
export type AlertDecision = 'raise' | 'worsen' | 'join' | 'clear' | 'leave';

/**
 * A check that is down or degraded by itself, or that comes and goes, has one alert. It is cleared when the check is up
 * and stays so; while it flaps nothing is cleared and nothing raised again. What is unreachable opens nothing:
 * an alert that it has already joins that of its cause. What is unknown changes nothing: nothing is known.
 */
export function decideAlert(
  now: { readonly state: State; readonly flapping: boolean; readonly causeKey?: string | undefined },
  open: { readonly state: State; readonly causeKey?: string } | null,
): AlertDecision {
  switch (now.state) {
    case 'down':
    case 'degraded':
      if (open === null) return 'raise';
      return open.state === now.state || now.flapping ? 'leave' : 'worsen';
    case 'up':
      if (now.flapping) return open === null ? 'raise' : 'leave';
      return open === null ? 'leave' : 'clear';
    case 'unreachable':
      return open === null || now.causeKey === undefined || open.causeKey === now.causeKey ? 'leave' : 'join';
    default:
      return 'leave';
  }
}
