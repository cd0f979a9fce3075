import { memberOf } from '#probe/checks/composite/settings.ts';
import { Refusal } from '#platform/refusal.ts';

type Settings = Readonly<Record<string, unknown>>;

function membersOf({ members }: Settings): string[] {
  return Array.isArray(members)
    ? members.filter((each) => typeof each === 'string').map((each) => memberOf(each).id)
    : [];
}

/**
 * Refuses settings by which a composite would be made of itself, however far around.
 * @throws Refusal `composite_circle`
 */
export function refuseCircle(id: string, settings: Settings, others: ReadonlyMap<string, Settings>): void {
  const seen = new Set<string>();
  const ahead = membersOf(settings);
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (next === id) throw new Refusal('composite_circle');
    if (seen.has(next)) continue;
    seen.add(next);
    ahead.push(...membersOf(others.get(next) ?? {}));
  }
}
