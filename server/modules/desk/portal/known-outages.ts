import type { DeskParts } from '../tickets/hold-ticket.ts';
import { mineStore } from './store-mine.ts';

/** What somebody uses that fails now or stands on what fails: by its name and since when, and nothing of the inside. */
export async function knownOutages(
  { db, needs }: Pick<DeskParts, 'db' | 'needs'>,
  personId: string,
): Promise<{ service: string; since: string }[]> {
  const used = await mineStore(db).servicesOf(personId);
  if (used.size === 0) return [];
  const failing = await mineStore(db).failing();
  const reaches = await needs.dependantsOf(failing.map(({ kind, id }) => ({ kind, id })));
  const since = new Map<string, Date>();
  for (const [place, thing] of failing.entries())
    for (const { kind, id } of [thing, ...(reaches[place] ?? [])])
      if (kind === 'service' && used.has(id) && !since.has(id)) since.set(id, thing.since);
  return [...since].map(([id, at]) => ({ service: used.get(id) ?? '', since: at.toISOString() }));
}
