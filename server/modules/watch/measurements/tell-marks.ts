import { tellAnomaly } from '#analyse/anomalies/tell-anomaly.ts';
import type { ChartMark } from '#contract/measurement.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { watchReasons as en } from '#texts/en/watch-reasons.ts';
import { watchReasons as fr } from '#texts/fr/watch-reasons.ts';
import { amountText } from '../states/measure-text.ts';
import { reasonText } from '../states/reason-text.ts';
import { seriesLabel } from './series-label.ts';
import { markStore } from './store-mark.ts';
import type { StoredCheck } from '../watched-check.ts';

const most = 200;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const colon = { en: en.colon, fr: fr.colon };

type Marked = Pick<StoredCheck, 'id' | 'number' | 'kind' | 'target' | 'name'>;

/** What happened to some checks in a span, in the order of time: changes of state, incidents, runs, maintenance, and what was odd. */
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
  const [changes, incidents, runs, maintenance, odd] = await Promise.all([
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
    marks.anomalies(
      checks.map(({ id }) => id),
      within,
    ),
  ]);
  const byId = new Map(checks.map((check) => [check.id, check]));
  const anomalies = odd.map(({ checkId, name, unit, anomaly, mark }): ChartMark => {
    const kind = byId.get(checkId)?.kind ?? '';
    const sentence = tellAnomaly(anomaly, language, zone, (value) => amountText(language, value, unit));
    const said = `${seriesLabel(kind, name, language)}${colon[language]}${sentence}`;
    const label = checks.length === 1 ? said : `${byId.get(checkId)?.name ?? ''} – ${said}`;
    return { ...mark, label };
  });
  const changed = changes.flatMap(({ checkNumber, at, to, reason }): ChartMark[] => {
    const check = byNumber.get(checkNumber);
    if (check === undefined || (to !== 'up' && to !== 'degraded' && to !== 'down')) return [];
    const said = reasonText(check.kind, reason, language);
    const label = checks.length === 1 ? said : `${check.name} – ${said}`;
    return [{ at: at.getTime() / 1_000, until: null, kind: to, label, id: null }];
  });
  return [...changed, ...incidents, ...runs, ...maintenance, ...anomalies].toSorted((one, other) => one.at - other.at);
}
