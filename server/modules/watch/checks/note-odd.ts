import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import type { ReasonData } from '#probe/check-kind.ts';
import { watchDuty } from './keep-check.ts';
import { checkStore } from './store-check.ts';

interface Parts {
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly runNow: (checkIds: readonly string[]) => Promise<unknown>;
}

/**
 * What is odd about a check's measurements becomes its reason as long as nothing worse is the matter, or is taken back.
 * The check runs at once, so that it is confirmed, grouped, silenced and cleared as any other failure is.
 */
export async function noteOdd(
  { transact, clock, runNow }: Parts,
  checkId: string,
  odd: ReasonData | null,
): Promise<void> {
  const noted = await transact(async ({ db, wake }) => {
    const isThere = await checkStore(db).setOdd(checkId, odd, clock.now());
    if (isThere) await wake(watchDuty);
    return isThere;
  });
  // Whoever noticed it does not wait for the check: it may take its whole time.
  if (noted) void runNow([checkId]).catch(() => undefined);
}
