import type { Database } from '#platform/database.ts';
import type { Needs } from './needs.ts';
import { anomalyStore } from './store-anomaly.ts';

/** Brings what checks tell in line with the anomalies that alarm; null: of all checks. May be done again at any time. */
export async function tellAlarms(
  { db, needs }: { readonly db: Database<'advice'>; readonly needs: Pick<Needs, 'setOdd'> },
  checkIds: readonly string[] | null,
): Promise<void> {
  for (const { checkId, told, wanted } of await anomalyStore(db).alarming(checkIds)) {
    if (told === (wanted?.id ?? null)) continue;
    await needs.setOdd(
      checkId,
      wanted === null
        ? null
        : {
            anomalyId: wanted.id,
            metric: wanted.series,
            unit: wanted.unit,
            what: wanted.kind,
            // As texts: reasons are stored with thousandths only.
            expected: String(wanted.expected),
            seen: String(wanted.seen),
            since: wanted.since.getTime(),
          },
    );
  }
}
