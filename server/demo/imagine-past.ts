import { checkOn, type InventedCheck } from './company/checks.ts';
import type { CrewKey } from './company/people.ts';
import { plots, type Plot } from './company/plots.ts';
import { calls, notes } from './company/talk.ts';
import { diceOf, type Dice } from './noise.ts';

/** A mishap with its moments, before it is played. Times are epoch milliseconds. */
export interface Episode {
  readonly kind: 'episode';
  readonly at: number;
  readonly plot: Plot;
  readonly check: InventedCheck;
  readonly lastsMs: number;
  readonly responder: CrewKey;
  readonly second: CrewKey;
  /** It ran without waiting for approval, and was reviewed the next day. */
  readonly emergency: boolean;
  /** A first run that did not help. */
  readonly stumbles: boolean;
}

/** Something told by telephone. */
export interface Call {
  readonly kind: 'call';
  readonly at: number;
  readonly which: number;
  readonly responder: CrewKey;
  readonly lastsMs: number;
}

/** An entry that somebody writes. */
export interface Note {
  readonly kind: 'note';
  readonly at: number;
  readonly which: number;
  readonly by: CrewKey;
}

export type Happening = Episode | Call | Note;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** How far back the company's past goes. */
export const pastDays = 182;
/** The founding takes the first days, the present the last hours. */
const foundingDays = 3;
const presentHours = 14;

const french: readonly CrewKey[] = ['amelie', 'marc', 'karim', 'sophie'];
const american: readonly CrewKey[] = ['jessica', 'david', 'karim'];

/** Mishaps like working hours, but not only. */
function momentIn(dice: Dice, fromMs: number, untilMs: number): number {
  const day = Math.floor(dice.between(fromMs, untilMs) / dayMs) * dayMs;
  const hour = dice.chance(0.75) ? dice.between(7, 20) : dice.between(0, 24);
  return Math.min(untilMs, Math.max(fromMs, day + hour * hourMs));
}

function imagineEpisodes(dice: Dice, fromMs: number, untilMs: number): Episode[] {
  const drawn = plots
    .flatMap((plot) => Array.from({ length: plot.times }, () => ({ plot, at: momentIn(dice, fromMs, untilMs) })))
    .toSorted((one, other) => one.at - other.at);
  let free = fromMs;
  return drawn.flatMap(({ plot, at }): Episode[] => {
    const begin = Math.max(at, free);
    const lastsMs = dice.between(...plot.minutes) * minuteMs;
    const check = checkOn(...dice.pick(plot.hits));
    const here = check.host.site === 'lyon' ? french : american;
    const responder = dice.pick(here);
    const second = dice.pick(here.filter((one) => one !== responder));
    const stumbles = dice.chance(0.12);
    const emergency = !stumbles && dice.chance(0.15);
    free = begin + lastsMs + 3 * hourMs;
    if (free > untilMs) return [];
    return [{ kind: 'episode', at: begin, plot, check, lastsMs, responder, second, emergency, stumbles }];
  });
}

/** The company's past up to a moment: what happened, in the order of time. The same moment gives the same past. */
export function imaginePast(untilMs: number): Happening[] {
  const dice = diceOf('Montfleury');
  const fromMs = untilMs - (pastDays - foundingDays) * dayMs;
  const endMs = untilMs - presentHours * hourMs;
  const written = Array.from({ length: 52 }, (_none, index): Note => ({
    kind: 'note',
    at: momentIn(dice, fromMs, endMs),
    which: index % notes.length,
    by: dice.pick([...french, ...american]),
  }));
  const heard = Array.from({ length: 14 }, (_none, index): Call => ({
    kind: 'call',
    at: momentIn(dice, fromMs, endMs - 2 * dayMs),
    which: index % calls.length,
    responder: dice.pick([...french, ...american]),
    lastsMs: dice.between(1, 30) * hourMs,
  }));
  const happenings: Happening[] = [...imagineEpisodes(dice, fromMs, endMs), ...written, ...heard];
  return happenings.toSorted((one, other) => one.at - other.at);
}
