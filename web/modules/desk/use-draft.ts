import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Draft } from '#contract/desk-words.ts';
import { DraftKeeper, type Writing } from './draft-keeper.ts';

/** Goes on from the newest draft of a ticket, on whatever device it was begun, and keeps what is written. */
export function useDraft(ticketId: string, drafts: readonly Draft[], usual: Writing['visibility']) {
  const [keeper] = useState(() => new DraftKeeper(ticketId, drafts[0], usual));
  const { writing, state } = useSyncExternalStore(keeper.follow, keeper.shown);
  useEffect(() => () => keeper.leave(), [keeper]);
  return { keeper, writing, state };
}
