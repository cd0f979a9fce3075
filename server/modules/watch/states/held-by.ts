import { holdsBack, type Silence } from '../calm/silence.ts';
import type { StoredAlert } from './store-alert.ts';

/** What holds an alert back: a silence, or a maintenance window; null when nothing does. */
export function heldBy(
  alert: Pick<StoredAlert, 'check' | 'target' | 'state'>,
  silences: readonly Silence[],
  workOn: ReadonlyMap<string, string>,
): string | null {
  const { check, target, state } = alert;
  const what = { checkId: check.id, checkKind: check.kind, checkName: check.name, targetId: target.id, state };
  const silence = silences.find((each) => holdsBack(each, what));
  return silence === undefined ? (workOn.get(check.id) ?? null) : silence.id;
}
