import type { NamedThing } from '#contract/words.ts';
import type { PreparedCheck } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import type { RunMemory } from '#probe/run-memory.ts';
import type { Sensitivity } from '#contract/rule.ts';
import { freshStanding, usualSensitivity, type Standing } from './confirm.ts';
import type { Guard } from './cause.ts';
import type { RuleStandings } from './judge-rules.ts';
import { noPositions, type Positions } from './shared-positions.ts';
import { ownVerdict, type StoredCheck, type StoredResult } from '../watched-check.ts';

/** Where a check looks, from the estate. */
export interface Surroundings {
  readonly target: NamedThing;
  /** Empty when the target has no address of its own and needs no host. */
  readonly address: string;
  readonly hostId: string | null;
  /** What the target needs, nearest first. */
  readonly needs: readonly NamedThing[];
}

/** A run that goes on. */
export interface Run {
  readonly stop: () => void;
}

/** A check as the engine keeps it in memory. */
export interface Watched {
  stored: StoredCheck;
  surroundings: Surroundings;
  /** Null when the settings do not fit the kind any more (it came from a newer version). */
  prepared: PreparedCheck | null;
  standing: Standing;
  /** How its changes are confirmed: as somebody chose, else as is usual for its kind. */
  sensitivity: Sensitivity;
  /** Start of the last result that agreed with the state before it changed; 0 for none. */
  agreedMs: number;
  /** How the rules on its measurements stand. */
  ruleStandings: RuleStandings;
  /** Its failure was put down to Vigie's own line: of the target nothing is known. */
  ours: boolean;
  last: StoredResult | null;
  /** The newest failing result: the evidence of an alert. */
  lastFailing: StoredResult | null;
  lastStartedMs: number;
  /** Evidence that was stored last: the same again is not stored again. */
  keptOutput: string;
  /** How long a good run takes, smoothed. */
  typicalMs: number;
  /** Places of its measurements. */
  positions: Positions;
  /** What it remembers between runs; `kept` also after a restart. */
  memory: RunMemory | null;
  kept: RunMemory | null;
  /** Runs that go on, to be stopped when it is removed. */
  running: readonly Run[];
}

/** Takes a stored check under watch. After a restart it stands where it stood. */
export function watchedOf(stored: StoredCheck, surroundings: Surroundings): Watched {
  return {
    stored,
    surroundings,
    prepared: prepare(stored, surroundings.address),
    standing: freshStanding(ownVerdict(stored.state)),
    sensitivity: sensitivityOf(stored),
    agreedMs: 0,
    ruleStandings: noStandings,
    ours: false,
    last: null,
    lastFailing: null,
    lastStartedMs: 0,
    keptOutput: '',
    typicalMs: 0,
    positions: noPositions,
    memory: null,
    kept: null,
    running: noRuns,
  };
}

/** Gives a check new settings or surroundings; how it stands stays. */
export function renew(watched: Watched, stored: StoredCheck, surroundings: Surroundings): void {
  // Standings are kept by the place of their rule: other rules stand afresh.
  if (JSON.stringify(watched.stored.rules) !== JSON.stringify(stored.rules)) watched.ruleStandings = noStandings;
  watched.stored = stored;
  watched.sensitivity = sensitivityOf(stored);
  watched.surroundings = surroundings;
  watched.prepared = prepare(stored, surroundings.address);
}

/** Shared by all checks of which none goes on. */
export const noRuns: readonly Run[] = [];

const noStandings: RuleStandings = new Map();
const ofKinds = new Map<string, Sensitivity>();

function sensitivityOf({ kind, sensitivity }: StoredCheck): Sensitivity {
  if (sensitivity !== usualSensitivity) return sensitivity;
  const known = ofKinds.get(kind) ?? { ...usualSensitivity, ...kinds.get(kind)?.confirmations };
  ofKinds.set(kind, known);
  return known;
}

function prepare({ kind, settings }: StoredCheck, address: string): PreparedCheck | null {
  try {
    return kinds.get(kind)?.prepare(settings, { address }) ?? null;
  } catch {
    return null;
  }
}

/**
 * Remembers a result; `told`: with its evidence. Of what is well none is kept here: of ten thousand checks it would be
 * megabytes that nobody reads.
 */
export function remember(watched: Watched, result: StoredResult, told: boolean): void {
  const { verdict, output } = result;
  const isUp = verdict === 'up';
  if (told) watched.keptOutput = isUp ? '' : output;
  watched.last = isUp && output !== '' ? { ...result, output: '' } : result;
  if (verdict === 'down' || verdict === 'degraded') watched.lastFailing = result;
}

/** Whether all that is known of a check is good: such a check may be slowed when there is too much to do. */
export function isWell({ stored, standing }: Watched): boolean {
  return stored.state === 'up' && standing.verdict === 'up' && standing.streak === null;
}

/** The check as one that stands in another's way. */
export function asGuard({ stored, standing, lastStartedMs }: Watched): Guard {
  return {
    id: stored.id,
    state: stored.state,
    because: stored.because,
    suspected: standing.streak !== null || (stored.state === 'up' && standing.verdict === 'down'),
    lastStartedMs,
  };
}
