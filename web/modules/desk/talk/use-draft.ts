import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Draft } from '#contract/desk-words.ts';
import { DraftKeeper, type Writing } from './draft-keeper.ts';

/** Where something is written to a ticket on this page. */
const openKeepers = new Map<string, DraftKeeper>();

/** Puts a text into what is written to a ticket, behind what stands there; false when nothing can be written here. */
export function putIntoDraft(ticketId: string, text: string): boolean {
  const keeper = openKeepers.get(ticketId);
  if (keeper === undefined) return false;
  const { body } = keeper.shown().writing;
  keeper.change({ visibility: 'public', body: body === '' ? text : `${body}\n\n${text}` });
  return true;
}

/** Goes on from the newest draft of a ticket, on whatever device it was begun, and keeps what is written. */
export function useDraft(ticketId: string, drafts: readonly Draft[], usual: Writing['visibility']) {
  const [keeper] = useState(() => new DraftKeeper(ticketId, drafts[0], usual));
  const { writing, state } = useSyncExternalStore(keeper.follow, keeper.shown);
  useEffect(() => {
    openKeepers.set(ticketId, keeper);
    return () => {
      if (openKeepers.get(ticketId) === keeper) openKeepers.delete(ticketId);
      keeper.leave();
    };
  }, [ticketId, keeper]);
  return { keeper, writing, state };
}
