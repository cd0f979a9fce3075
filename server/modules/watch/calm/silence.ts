import type { State } from '#contract/alert.ts';
import type { Doer, NamedThing } from '#contract/words.ts';

/** When a silence ends by itself; its moment is the last in any case. */
export type SilenceEnd = 'moment' | 'cured' | 'ticketClosed';

/** Alerts held back on purpose, with an end. */
export interface Silence {
  readonly id: string;
  /** One of these five is set. */
  readonly target: NamedThing | null;
  readonly checkId: string | null;
  readonly checkKind: string | null;
  readonly pattern: string | null;
  readonly tag: string | null;
  readonly below: boolean;
  /** Ids of the things that depend on the target; with a tag, of those that carry it, and of what depends on them. */
  readonly belowIds: ReadonlySet<string>;
  readonly reason: string;
  readonly ends: SilenceEnd;
  readonly until: Date;
  readonly ticket: { readonly id: string; readonly number: number } | null;
  readonly unlessWorse: boolean;
  readonly by: Doer;
  readonly createdAt: Date;
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedWhy: SilenceEnd | 'person' | null;
  readonly endedBy: string | null;
}

/** A check as far as silences look at it. */
export interface Silenceable {
  readonly checkId: string;
  readonly checkKind: string;
  readonly checkName: string;
  readonly targetId: string;
}

/** Whether a name fits a pattern in which * stands for anything; capitals do not matter. */
export function fitsPattern(pattern: string, name: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether a silence is about a check. */
export function covers(silence: Silence, { checkId, checkKind, checkName, targetId }: Silenceable): boolean {
  if (silence.checkId !== null) return silence.checkId === checkId;
  if (silence.checkKind !== null) return silence.checkKind === checkKind;
  if (silence.pattern !== null) return fitsPattern(silence.pattern, checkName);
  if (silence.tag !== null) return silence.belowIds.has(targetId);
  return silence.target?.id === targetId || (silence.below && silence.belowIds.has(targetId));
}

/** Whether a silence holds an alert back. One that ends when it gets worse lets through what is down. */
export function holdsBack(silence: Silence, alert: Silenceable & { readonly state: State }): boolean {
  return covers(silence, alert) && !(silence.unlessWorse && alert.state === 'down');
}

/** What a silence waits for, as it is now. */
export interface SilenceNow {
  readonly now: Date;
  /** Whether anything that it covers fails. */
  readonly failing: boolean;
  /** Whether its ticket is still open. */
  readonly ticketOpen: boolean;
}

/** Why a silence is over; null while it lasts. */
export function overBecause(
  { ends, until }: Pick<Silence, 'ends' | 'until'>,
  { now, failing, ticketOpen }: SilenceNow,
): SilenceEnd | null {
  if (ends === 'cured' && !failing) return 'cured';
  if (ends === 'ticketClosed' && !ticketOpen) return 'ticketClosed';
  return until.getTime() <= now.getTime() ? 'moment' : null;
}
