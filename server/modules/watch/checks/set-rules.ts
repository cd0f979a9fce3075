import type { watch } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { watchDuty } from './keep-check.ts';
import { seriesLabel } from '../measurements/series-label.ts';
import { checkStore } from './store-check.ts';
import { resultStore } from '../running/store-result.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
}

type Asked = Parameters<Handlers<typeof watch>['rules']['set']>[0];

/** The rules of a check, how its changes are confirmed, and what it measures. Throws Refusal `not_found`. */
export async function tellRules(db: Database<'watch'>, id: string, language: Language) {
  const check = await checkStore(db).get(id);
  if (check === null) throw new Refusal('not_found');
  const results = resultStore(db);
  const [series, last] = await Promise.all([results.series([check.number]), results.lastValues(check.number)]);
  return {
    rules: [...check.rules],
    sensitivity: check.sensitivity,
    intervalSeconds: check.intervalMs / 1_000,
    metrics: series.map(({ name, unit, position }) => ({
      name,
      label: seriesLabel(check.kind, name, language),
      unit,
      last: last?.values[position - 1] ?? null,
    })),
  };
}

/** Sets how a check's numbers are judged; the next result is judged by it. Throws Refusal `not_found`. */
export async function setRules({ transact, clock }: Parts, asked: Asked): Promise<void> {
  const { id, rules, sensitivity, intervalSeconds } = asked;
  const intervalMs = intervalSeconds === undefined ? undefined : Math.round(intervalSeconds * 1_000);
  await transact(async (unit) => {
    const checks = checkStore(unit.db);
    if ((await checks.hold(id)) === null) throw new Refusal('not_found');
    await checks.setRules(id, { rules, sensitivity, intervalMs }, clock.now());
    await unit.live('watch.check', id);
    await unit.wake(watchDuty);
  });
}
