import { priority, ticketState } from '#contract/desk.ts';
import { waitingFor as waitingWord, type BulkChange } from '#contract/desk-words.ts';

/** The tickets that are meant: those chosen one by one, or all that match. */
export type BulkWhich = { words: string } | { ids: string[] };

/** What can be changed of many tickets, in the order in which the bar shows it. */
export const bulkFields = ['give', 'team', 'state', 'priority', 'category', 'tag', 'due', 'snooze'] as const;
export type BulkField = (typeof bulkFields)[number];

/** A change as one fills it in; of `value` each field makes its own sense. */
export interface BulkDraft {
  readonly value: string;
  /** Tags to take off. */
  readonly without: string;
  readonly reason: string;
  readonly waitingFor: string;
  /** ISO 8601; null takes the date away. */
  readonly at: string | null;
}

/** What a dialog begins with. */
export function emptyDraft(field: BulkField): BulkDraft {
  const value = field === 'priority' ? 'high' : field === 'state' ? 'in_progress' : '';
  return { value, without: '', reason: '', waitingFor: 'requester', at: null };
}

const tagsOf = (typed: string): string[] => typed.split(/[\s,]+/u).filter((tag) => tag !== '');

function moveOf({ value, reason, waitingFor }: BulkDraft): BulkChange {
  const to = ticketState.parse(value);
  if (to === 'waiting') return { move: { to, reason, waitingFor: waitingWord.parse(waitingFor) } };
  const said = reason === '' ? {} : { causeText: reason, remedyText: reason };
  return { move: { to, reason, ...said } };
}

function tagsFrom({ value, without }: BulkDraft): BulkChange | undefined {
  const [addTags, removeTags] = [tagsOf(value), tagsOf(without)];
  if (addTags.length === 0 && removeTags.length === 0) return undefined;
  return { ...(addTags.length === 0 ? {} : { addTags }), ...(removeTags.length === 0 ? {} : { removeTags }) };
}

const idOrNone = ({ value }: BulkDraft): string | null => (value === '' ? null : value);

const changes: Readonly<Record<BulkField, (draft: BulkDraft) => BulkChange | undefined>> = {
  give: (draft) => ({ assigneeId: idOrNone(draft) }),
  team: (draft) => ({ teamId: idOrNone(draft) }),
  state: moveOf,
  priority: ({ value }) => ({ priority: priority.parse(value) }),
  category: (draft) => ({ categoryId: idOrNone(draft) }),
  tag: tagsFrom,
  due: ({ at }) => ({ dueAt: at }),
  snooze: ({ at }) => ({ snoozedUntil: at }),
};

/** The change that was filled in; undefined while it would be none. */
export function bulkChangeOf(field: BulkField, draft: BulkDraft): BulkChange | undefined {
  return changes[field](draft);
}
