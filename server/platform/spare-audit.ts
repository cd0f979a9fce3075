import type { AuditDraft } from './audit-content.ts';
import type { Clock } from './clock.ts';

const onceInMs = 60_000;
const mostRemembered = 10_000;

/**
 * Writes audit lines, but of those who have to wait and go on trying only one a minute: anybody on the network could else
 * fill a trail that is never shortened. Every wrong password before that is written.
 */
export function spareAudit(
  write: (draft: AuditDraft) => Promise<void>,
  clock: Clock,
): (draft: AuditDraft) => Promise<void> {
  const told = new Map<string, number>();
  return async (draft) => {
    if (draft.outcome === 'refused: too_many_attempts') {
      const nowMs = clock.now().getTime();
      const key = `${draft.request} ${draft.who.id ?? draft.who.name}`;
      const atMs = told.get(key);
      if (atMs !== undefined && Math.abs(nowMs - atMs) < onceInMs) return;
      if (told.size >= mostRemembered) told.clear();
      told.set(key, nowMs);
    }
    await write(draft);
  };
}
