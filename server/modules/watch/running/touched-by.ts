import type { State } from '#contract/alert.ts';
import type { WatchList } from './watch-list.ts';
import { isWell, type Watched } from './watched.ts';
import type { WhoseFault } from './whose-fault.ts';

interface Around {
  readonly list: Pick<WatchList, 'all' | 'dependingOn' | 'ofKind'>;
  readonly whoseFault: Pick<WhoseFault, 'freedBy'>;
}

/** Checks to be looked at once more because another one's state, which was `before`, has changed: their ids. */
export function touchedBy({ list, whoseFault }: Around, watched: Watched, before: State, first: Date): string[] {
  const composites = Array.from(list.ofKind('composite'), ({ stored }) => stored.id);
  return [...composites, ...freed(list, whoseFault, watched, before), ...doubted(list, watched, first)];
}

/** What was unreachable because of it. */
function freed(list: Around['list'], whoseFault: Around['whoseFault'], watched: Watched, before: State): string[] {
  if (before !== 'down' && before !== 'unreachable') return [];
  const { id } = watched.surroundings.target;
  const because = [...list.all()].filter(({ stored }) => stored.because?.id === id);
  return [...whoseFault.freedBy(watched), ...because.map(({ stored }) => stored.id)];
}

/** A host that is gone takes its other checks along: one that runs each hour is not left saying that it is well. */
function doubted(list: Around['list'], watched: Watched, first: Date): string[] {
  const { state } = watched.stored;
  if (state === 'up' || state === 'degraded') return [];
  return list
    .dependingOn(watched)
    .filter((other) => isWell(other) && other.lastStartedMs < first.getTime())
    .map(({ stored }) => stored.id);
}
