import { describe, expect, it } from 'vitest';
import { bulkChange } from '#contract/desk-words.ts';
import { bulkChangeOf, bulkFields, emptyDraft } from './bulk-draft.ts';

describe('a change of many tickets as it is filled in', () => {
  it('begins as a change that may be asked for, but for tags, of which none were named yet', () => {
    const none = bulkFields.filter((field) => bulkChangeOf(field, emptyDraft(field)) === undefined);
    expect(none).toEqual(['tag']);
    const wrong = bulkFields.filter(
      (field) => !bulkChange.safeParse(bulkChangeOf(field, emptyDraft(field)) ?? {}).success,
    );
    expect(wrong).toEqual([]);
  });

  it('takes a team, a category and dates away when nothing is chosen', () => {
    expect(bulkChangeOf('team', emptyDraft('team'))).toEqual({ teamId: null });
    expect(bulkChangeOf('category', emptyDraft('category'))).toEqual({ categoryId: null });
    expect(bulkChangeOf('due', emptyDraft('due'))).toEqual({ dueAt: null });
    expect(bulkChangeOf('snooze', emptyDraft('snooze'))).toEqual({ snoozedUntil: null });
  });

  it('adds tags and takes others off in one change', () => {
    const draft = { ...emptyDraft('tag'), value: 'vpn, lyon', without: 'urgent' };
    expect(bulkChangeOf('tag', draft)).toEqual({ addTags: ['vpn', 'lyon'], removeTags: ['urgent'] });
    expect(bulkChangeOf('tag', { ...draft, value: ' ' })).toEqual({ removeTags: ['urgent'] });
  });

  it('says for whom one waits, and what it was where that is owed', () => {
    const draft = { ...emptyDraft('state'), reason: 'new disk ordered' };
    expect(bulkChangeOf('state', { ...draft, value: 'waiting', waitingFor: 'supplier' })).toEqual({
      move: { to: 'waiting', reason: 'new disk ordered', waitingFor: 'supplier' },
    });
    expect(bulkChangeOf('state', { ...draft, value: 'resolved' })).toEqual({
      move: { to: 'resolved', reason: 'new disk ordered', causeText: draft.reason, remedyText: draft.reason },
    });
  });
});
