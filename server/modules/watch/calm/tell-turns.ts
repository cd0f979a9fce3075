import type { WindowTurn } from '#contract/window-turn.ts';
import type { Database } from '#platform/database.ts';
import { turnStore, type PastTurn } from './store-turn.ts';
import { stoodBefore, worseThan } from './turn-outcome.ts';

/** What does not stand as before: as it was found at the end, or while nobody has looked yet, as it stands now. */
async function worseOf(db: Database<'watch'>, turn: PastTurn) {
  if (turn.verifiedAt !== null) return turn.worse;
  const before = stoodBefore(turn);
  return worseThan(before, await turnStore(db).statesOf([...before.keys()]));
}

/** What came of the turns of a window, newest first. */
export async function tellTurns(db: Database<'watch'>, windowId: string, limit: number): Promise<WindowTurn[]> {
  const store = turnStore(db);
  const told: WindowTurn[] = [];
  for (const turn of await store.past(windowId, limit)) {
    const worse = await worseOf(db, turn);
    const numbers = worse.map(({ number }) => number);
    const names = new Map((await store.named(numbers)).map((each) => [each.number, each]));
    const states = new Map((await store.statesOf(numbers)).map(({ number, state }) => [number, state]));
    told.push({
      from: turn.from.toISOString(),
      until: (turn.endedAt ?? turn.until).toISOString(),
      endedAt: turn.endedAt?.toISOString() ?? null,
      verifiedAt: turn.verifiedAt?.toISOString() ?? null,
      checks: turn.checkNumbers.length,
      compared: turn.wellNumbers.length + turn.degradedNumbers.length,
      worse: worse.map(({ number, before, after }) => ({
        checkId: names.get(number)?.id ?? null,
        name: names.get(number)?.name ?? '',
        target: names.get(number)?.target ?? '',
        before,
        after,
        now: states.get(number) ?? null,
      })),
    });
  }
  return told;
}
