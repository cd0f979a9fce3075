import type { Rehearsal, Rule, Sensitivity } from '#contract/rule.ts';
import type { watch } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import { rehearseRules } from './rehearse-rules.ts';
import { seriesLabel } from '../measurements/series-label.ts';
import { checkStore, type ListedCheck } from '../checks/store-check.ts';
import { rehearsalStore, type NoiseRow } from './store-rehearsal.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly clock: Clock;
}

type Noise = Handlers<typeof watch>['noise'];
type Proposal = Awaited<ReturnType<Noise['proposals']>>['items'][number];

const days = 30;
const dayMs = 86_400_000;
const mostRows = 500;
/** So many of the noisiest are looked at, and so many changes proposed. */
const mostTried = 5;
const mostProposed = 3;
/** A check with fewer alerts is not noise. */
const fewestAlerts = 4;

/** One change that makes a check calmer. */
interface Edit {
  readonly edit: Proposal['edit'];
  readonly rules: readonly Rule[];
  readonly sensitivity: Sensitivity;
}

/** Changes worth trying on a check, the mildest first. */
export function editsOf(
  { rules, sensitivity, kind }: Pick<ListedCheck['check'], 'rules' | 'sensitivity' | 'kind'>,
  language: Language,
): Edit[] {
  const { failures, recheckSeconds } = sensitivity;
  const patient = [6, 12]
    .filter((to) => to > failures)
    .map((to): Edit => ({
      edit: { what: 'failures', from: failures, to },
      rules,
      sensitivity: { ...sensitivity, failures: to },
    }));
  const slower = [10, 30]
    .filter((to) => to > recheckSeconds)
    .map((to): Edit => ({
      edit: { what: 'recheck', from: recheckSeconds, to },
      rules,
      sensitivity: { ...sensitivity, recheckSeconds: to },
    }));
  const longer = rules.flatMap((rule, place) =>
    [300, 900]
      .filter((seconds) => seconds > rule.forSeconds)
      .map((seconds): Edit => ({
        edit: { what: 'duration', metric: seriesLabel(kind, rule.metric, language), seconds },
        rules: rules.map((each, index) => (index === place ? { ...each, forSeconds: seconds } : each)),
        sensitivity,
      })),
  );
  return [...longer, ...patient, ...slower];
}

/** The change that saves most without losing an incident that mattered; null when none saves a third. */
function bestOf(tried: readonly { readonly edit: Edit; readonly found: Rehearsal }[]) {
  const good = tried.filter(
    ({ found }) => found.tickets.lost === 0 && found.wouldBe.count <= found.was.count * (2 / 3),
  );
  return good.toSorted((one, other) => one.found.wouldBe.count - other.found.wouldBe.count)[0] ?? null;
}

async function propose(parts: Parts, listed: ListedCheck, language: Language): Promise<Proposal | null> {
  const { check, targetName } = listed;
  const tried: { edit: Edit; found: Rehearsal }[] = [];
  for (const edit of editsOf(check, language)) {
    const { rules, sensitivity } = edit;
    const found = await rehearseRules(parts, { id: check.id, rules: [...rules], sensitivity, days }, language);
    tried.push({ edit, found });
  }
  const best = bestOf(tried);
  if (best === null) return null;
  const { edit, found } = best;
  return {
    checkId: check.id,
    name: check.name,
    target: targetName,
    edit: edit.edit,
    rules: [...edit.rules],
    sensitivity: edit.sensitivity,
    was: found.was.count,
    wouldBe: found.wouldBe.count,
    kept: found.tickets.kept,
    laterSeconds: found.tickets.laterSeconds,
  };
}

async function readNoise({ db, clock }: Parts): Promise<{ row: NoiseRow; listed: ListedCheck }[]> {
  const rows = await rehearsalStore(db).noise(new Date(clock.now().getTime() - days * dayMs), mostRows);
  const listed = await checkStore(db).listed(rows.map(({ checkId }) => checkId));
  const byId = new Map(listed.map((each) => [each.check.id, each]));
  return rows.flatMap((row) => {
    const each = byId.get(row.checkId);
    return each === undefined ? [] : { row, listed: each };
  });
}

/** Requests about what checks cost. */
export function noiseHandlers(parts: Parts): Noise {
  return {
    async list() {
      const all = await readNoise(parts);
      return {
        items: all.map(({ row, listed: { check, targetName } }) => ({
          ...row,
          name: check.name,
          kind: check.kind,
          target: targetName,
        })),
      };
    },
    async proposals(_input, { language }) {
      const all = await readNoise(parts);
      const noisy = all
        .filter(({ row }) => row.alerts >= fewestAlerts && row.actedUpon * 2 < row.alerts)
        .slice(0, mostTried);
      const found: Proposal[] = [];
      for (const { listed } of noisy) {
        const proposal = await propose(parts, listed, language);
        if (proposal !== null) found.push(proposal);
      }
      const saved = ({ was, wouldBe }: Proposal): number => was - wouldBe;
      return { items: found.toSorted((one, other) => saved(other) - saved(one)).slice(0, mostProposed) };
    },
  };
}
