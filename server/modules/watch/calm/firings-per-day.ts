import type { Rehearsal } from '#contract/rule.ts';
import type { Firing } from './replay.ts';

const dayMs = 86_400_000;

/** How many firings began in each day of a period; a day is 24 hours from its beginning on. */
export function perDay(
  { from, now }: { readonly from: Date; readonly now: Date },
  was: readonly Pick<Firing, 'fromMs'>[],
  would: readonly Pick<Firing, 'fromMs'>[],
): Rehearsal['perDay'] {
  const days = Math.max(1, Math.ceil((now.getTime() - from.getTime()) / dayMs));
  const counted = Array.from({ length: days }, (_each, index) => ({
    day: new Date(from.getTime() + index * dayMs).toISOString(),
    was: 0,
    wouldBe: 0,
  }));
  const placeOf = (fromMs: number): number => Math.max(0, Math.floor((fromMs - from.getTime()) / dayMs));
  for (const { fromMs } of was) {
    const day = counted[placeOf(fromMs)];
    if (day !== undefined) day.was += 1;
  }
  for (const { fromMs } of would) {
    const day = counted[placeOf(fromMs)];
    if (day !== undefined) day.wouldBe += 1;
  }
  return counted;
}
