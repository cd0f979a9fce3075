import type { Clock } from '#platform/clock.ts';
import { mostMembers, type InsideView, type LastBeat, type Member, type MemberFilter } from '#probe/inside-view.ts';
import type { WatchList } from './watch-list.ts';
import type { Watched } from './watched.ts';
import { goesOutside } from './whose-fault.ts';

interface Parts {
  readonly list: Pick<WatchList, 'all' | 'get'>;
  /** By the number of the check. */
  readonly beats: ReadonlyMap<number, LastBeat>;
  readonly clock: Clock;
  /** Whether targets are invented: nothing then lies outside. */
  readonly invented: boolean;
}

/** What Vigie itself knows, as one check may see it. */
export function insideKnowledge({ list, beats, clock, invented }: Parts): (watched: Watched) => InsideView {
  return (watched) => ({
    watchedSince: watched.stored.changedAt,
    now: clock.now(),
    *outside() {
      if (invented) return;
      for (const other of list.all()) if (goesOutside(other)) yield other.surroundings.address;
    },
    beat: () => beats.get(watched.stored.number) ?? null,
    members: (wanted) => membersOf(list, watched, wanted),
  });
}

/** Those that are named, and those that fit; what is itself composed must be named, so that none is made of itself. */
function membersOf(list: Parts['list'], self: Watched, { ids, kind, named }: MemberFilter): Member[] {
  const found = new Map<string, Watched>();
  for (const id of ids) {
    const member = list.get(id);
    if (member !== undefined && member !== self) found.set(id, member);
  }
  if (kind !== '' || named !== '') {
    const part = named.toLowerCase();
    for (const each of list.all()) {
      if (found.size > mostMembers) break;
      const { stored, surroundings } = each;
      if (each === self || stored.kind === 'composite' || (kind !== '' && stored.kind !== kind)) continue;
      const text = `${stored.name}\n${surroundings.target.name}`.toLowerCase();
      if (text.includes(part)) found.set(stored.id, each);
    }
  }
  return [...found.values()].map(({ stored, surroundings }) => ({
    id: stored.id,
    name: stored.name,
    target: surroundings.target.name,
    state: stored.state,
  }));
}
