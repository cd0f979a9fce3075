import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { Attachment, Draft } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';

/** What is being written, and how far it is safe. */
export interface Writing {
  readonly body: string;
  readonly visibility: Draft['visibility'];
  readonly format: Draft['format'];
  readonly attachments: readonly Attachment[];
}

const pauseMs = 700;

/**
 * Keeps what somebody writes on the server at every pause. It goes on from the newest draft there is, on whatever device
 * it was begun; what the server did not take yet is sent again.
 */
export function useDraft(ticketId: string, drafts: readonly Draft[], usual: Writing['visibility']) {
  const [first] = drafts;
  const [writing, setWriting] = useState<Writing>(() => ({
    body: first?.body ?? '',
    visibility: first?.visibility ?? usual,
    format: first?.format ?? 'plain',
    attachments: first?.attachments ?? [],
  }));
  const [state, setState] = useState<'none' | 'saving' | 'saved' | 'unsaved' | 'apart'>(
    first === undefined ? 'none' : 'saved',
  );
  const kept = useRef({ id: first?.id ?? uuid(), revision: first?.revision ?? 0, busy: false, again: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(writing);

  const save = useCallback(async (): Promise<void> => {
    const draft = kept.current;
    if (draft.busy) {
      draft.again = true;
      return;
    }
    draft.busy = true;
    const { body, visibility, format, attachments } = latest.current;
    const asked = { ticketId, body, visibility, format, attachmentIds: attachments.map(({ id }) => id) };
    try {
      const answer = await client.desk.drafts.save({ id: draft.id, ...asked, revision: draft.revision });
      if (answer.draft !== null && kept.current === draft) {
        draft.id = answer.draft.id;
        draft.revision = answer.draft.revision;
        setState(answer.apart ? 'apart' : 'saved');
      }
    } catch {
      setState('unsaved');
      timer.current = setTimeout(() => void save(), 5_000);
    } finally {
      draft.busy = false;
      if (draft.again) {
        draft.again = false;
        void save();
      }
    }
  }, [ticketId]);

  const change = (changed: Partial<Writing>): void => {
    const next = { ...latest.current, ...changed };
    latest.current = next;
    setWriting(next);
    clearTimeout(timer.current);
    if (next.body === '' && next.attachments.length === 0 && kept.current.revision === 0) return;
    setState((before) => (before === 'apart' ? before : 'saving'));
    timer.current = setTimeout(() => void save(), pauseMs);
  };
  /** Begins anew, after it was sent. */
  const clear = (): void => {
    clearTimeout(timer.current);
    kept.current = { id: uuid(), revision: 0, busy: false, again: false };
    latest.current = { ...latest.current, body: '', attachments: [] };
    setWriting(latest.current);
    setState('none');
  };
  /** Goes on with another draft. */
  const takeUp = (draft: Draft): void => {
    clearTimeout(timer.current);
    kept.current = { id: draft.id, revision: draft.revision, busy: false, again: false };
    latest.current = draft;
    setWriting(draft);
    setState('saved');
  };
  // Who leaves the page within the pause loses nothing.
  useEffect(
    () => () => {
      if (timer.current === undefined) return;
      clearTimeout(timer.current);
      if (latest.current.body !== '') void save();
    },
    [save],
  );
  return { writing, state, change, clear, takeUp, draftId: () => kept.current.id };
}
