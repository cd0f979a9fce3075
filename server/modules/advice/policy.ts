import type { AnomalyMode } from '#contract/advice-anomalies.ts';

/** How the measurements of a check are judged. */
export interface Policy {
  readonly scope: 'all' | 'kind' | 'profile' | 'check';
  readonly key: string;
  readonly mode: AnomalyMode;
  readonly learningHours: number;
  readonly leastShare: number;
  readonly leastAmount: number;
}

/** What counts where nobody set anything: three days are learnt, and what is odd is marked. */
export const usualPolicy: Policy = {
  scope: 'all',
  key: '',
  mode: 'mark',
  learningHours: 72,
  leastShare: 0.1,
  leastAmount: 0,
};

/** A check as far as policies go. */
export interface Judged {
  readonly id: string;
  readonly kind: string;
  readonly profileId: string | null;
}

/** The narrowest policy counts: that of the check, of its profile, of its kind, of all. */
export function policyFor(check: Judged, policies: readonly Policy[]): Policy {
  const of = (scope: Policy['scope'], key: string | null): Policy | undefined =>
    policies.find((each) => each.scope === scope && each.key === key);
  return (
    of('check', check.id) ?? of('profile', check.profileId) ?? of('kind', check.kind) ?? of('all', '') ?? usualPolicy
  );
}

/** Whether what was seen differs enough from what was expected to be worth a word. */
export function isEnough(
  { kind, expected, seen }: { readonly kind: string; readonly expected: number; readonly seen: number },
  { leastShare, leastAmount }: Pick<Policy, 'leastShare' | 'leastAmount'>,
): boolean {
  // Standing still is no distance.
  if (kind === 'stuck') return true;
  const effect = Math.abs(seen - expected);
  return effect >= leastAmount && effect >= leastShare * Math.abs(expected);
}

const hourMs = 3_600_000;

/** Until when a series that was first measured then is learnt. */
export function learningUntil(firstAt: Date, { learningHours }: Pick<Policy, 'learningHours'>): Date {
  return new Date(firstAt.getTime() + learningHours * hourMs);
}
