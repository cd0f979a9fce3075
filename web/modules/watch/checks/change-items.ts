import type { ProfileItem } from '#contract/profile.ts';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';

/** Items as they are sent back: a change of a profile holds its whole list. */
export function itemsToSend(items: readonly ProfileItem[]) {
  return items.map(({ id, name, kind, settings, intervalSeconds, rules, sensitivity, importance }) => ({
    id,
    name,
    kind,
    settings,
    intervalSeconds,
    rules,
    sensitivity,
    importance,
  }));
}

/** Fetches again what a change of a profile may have changed. */
export async function renewProfiles(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.watch.profiles.key() }),
    queryClient.invalidateQueries({ queryKey: api.watch.checks.key() }),
  ]);
}
