import type { z } from 'zod';
import type { retention } from '#contract/measurement.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { watch } from '#contract/watch.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { rollStore } from './store-roll.ts';

type Keeping = Awaited<ReturnType<Handlers<typeof watch>['retention']['get']>>;

const words = {
  result: 'open',
  result_closing: 'open',
  chunk: 'raw',
  five_minutes: 'five_minutes',
  hours: 'hours',
  days: 'days',
} as const;

function isKept(parent: string): parent is keyof typeof words {
  return Object.hasOwn(words, parent);
}

/** For how long measurements are kept, and the room that they take. */
export async function tellRetention(db: Database<'watch'>): Promise<Keeping> {
  const rolls = rollStore(db);
  const found = await rolls.sizes();
  const sizes = (['open', 'raw', 'five_minutes', 'hours', 'days'] as const).map((of) => {
    const mine = found.filter(({ parent }) => isKept(parent) && words[parent] === of);
    const first = mine.flatMap((each) => each.first ?? []).toSorted((one, other) => one.getTime() - other.getTime())[0];
    return { of, bytes: mine.reduce((sum, { bytes }) => sum + bytes, 0), since: first?.toISOString() ?? null };
  });
  const rolled = await rolls.rolled();
  return { ...(await rolls.retention()), sizes, rolledUntil: rolled?.until.toISOString() ?? null };
}

/** What is kept longer than agreed goes with the next turn of the duty, whole tables at a time. */
export async function setRetention(
  { db, transact }: { readonly db: Database<'watch'>; readonly transact: Transact<'watch'> },
  wanted: z.infer<typeof retention>,
): Promise<Keeping> {
  await transact(async (unit) => {
    await rollStore(unit.db).setRetention(wanted);
    await unit.live('watch.retention', null);
  });
  return tellRetention(db);
}
