import type { ChartMark } from '#contract/measurement.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { reasonText } from './reason-text.ts';
import { markStore } from './store-mark.ts';
import type { StoredCheck } from './watched-check.ts';

const most = 200;

type Marked = Pick<StoredCheck, 'id' | 'number' | 'kind' | 'target' | 'name'>;

/** What happened to some checks in a span, in the order of time: changes of state, incidents, runs, maintenance. */
export async function tellMarks(
  db: Database<'watch'>,
  checks: readonly Marked[],
  { from, until }: { readonly from: Date; readonly until: Date },
  language: Language,
): Promise<ChartMark[]> {
  const within = { from, until, most };
  const numbers = checks.map(({ number }) => number);
  const byNumber = new Map(checks.map((check) => [check.number, check]));
  const marks = markStore(db);
  const [changes, incidents, runs, maintenance] = await Promise.all([
    marks.changes(numbers, within),
    marks.incidents(
      checks.map(({ id }) => id),
      within,
      language,
    ),
    marks.runs(
      checks.map(({ target }) => target),
      within,
    ),
    marks.maintenance(numbers, within),
  ]);
  const changed = changes.flatMap(({ checkNumber, at, to, reason }): ChartMark[] => {
    const check = byNumber.get(checkNumber);
    if (check === undefined || (to !== 'up' && to !== 'degraded' && to !== 'down')) return [];
    const said = reasonText(check.kind, reason, language);
    const label = checks.length === 1 ? said : `${check.name} – ${said}`;
    return [{ at: at.getTime() / 1_000, until: null, kind: to, label, id: null }];
  });
  return [...changed, ...incidents, ...runs, ...maintenance].toSorted((one, other) => one.at - other.at);
}
