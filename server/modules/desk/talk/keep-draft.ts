import { v7 as uuid } from 'uuid';
import type { Draft } from '#contract/desk-words.ts';
import { Refusal } from '#platform/refusal.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { draftStore, type DraftText } from './store-drafts.ts';
import { ticketStore } from '../tickets/store-tickets.ts';

/** What becomes of a saving, given the draft as it is kept and the revision on which the saving stands. */
export function savingOf(
  kept: { readonly revision: number; readonly body: string; readonly ended: boolean } | null,
  saving: { readonly revision: number; readonly body: string },
): 'write' | 'apart' | 'over' {
  if (kept === null) return 'write';
  // A late saving of what was sent or thrown away brings nothing back; what is new in it is not lost either.
  if (kept.ended) return saving.body === kept.body || saving.revision < kept.revision ? 'over' : 'apart';
  if (kept.revision === saving.revision) return 'write';
  // The same words again: the answer to the saving before was lost on the way.
  return kept.body === saving.body ? 'write' : 'apart';
}

/** Keeps what somebody writes. Where two devices went separate ways, both texts stay. */
export async function keepDraft(
  { transact, clock, db }: DeskParts,
  id: string,
  personId: string,
  saving: DraftText & { readonly revision: number },
): Promise<{ draft: Draft | null; apart: boolean }> {
  if ((await ticketStore(db).get(saving.ticketId)) === null) throw new Refusal('not_found');
  return transact(async (unit) => {
    const drafts = draftStore(unit.db);
    const kept = await drafts.hold(id);
    if (kept !== null && kept.personId !== personId) throw new Refusal('not_found');
    const at = clock.now();
    const what = savingOf(kept, saving);
    if (what === 'over') return { draft: null, apart: false };
    if (what === 'apart') return { draft: await drafts.put(uuid(), personId, saving, 1, at), apart: true };
    return { draft: await drafts.put(id, personId, saving, (kept?.revision ?? 0) + 1, at), apart: false };
  });
}
