import { priority, ticketKind, ticketState, type TicketState } from '#contract/desk.ts';
import type { TemplateChange } from '#contract/desk-words.ts';
import type { client } from '#web/shell/api.ts';

type Template = Awaited<ReturnType<typeof client.desk.templates.list>>['items'][number];

interface Both {
  readonly en: string;
  readonly fr: string;
}

/** A template of tickets as it is typed; empty is "as it is". */
export interface TemplateDraft {
  readonly name: Both;
  readonly title: Both;
  readonly body: Both;
  readonly kind: string;
  readonly categoryId: string;
  readonly teamId: string;
  readonly priority: string;
  readonly tags: readonly string[];
  readonly checklist: string;
  readonly take: boolean;
  readonly to: string;
  readonly shared: boolean;
}

const nothing: Both = { en: '', fr: '' };

/** The states into which a template may bring a ticket: those that owe nothing. */
export const templateStates: readonly TicketState[] = ['in_progress', 'waiting', 'approval'];

export const emptyTemplate: TemplateDraft = {
  name: nothing,
  title: nothing,
  body: nothing,
  kind: '',
  categoryId: '',
  teamId: '',
  priority: '',
  tags: [],
  checklist: '',
  take: false,
  to: '',
  shared: true,
};

export function templateDraft({ name, body, change, shared }: Template): TemplateDraft {
  return {
    name,
    body,
    title: change.title ?? nothing,
    kind: change.kind ?? '',
    categoryId: change.categoryId ?? '',
    teamId: change.teamId ?? '',
    priority: change.priority ?? '',
    tags: change.addTags ?? [],
    checklist: (change.checklist ?? []).join('\n'),
    take: change.take === true,
    to: change.to ?? '',
    shared,
  };
}

/** A language that was left empty takes the other's text. */
function filled({ en, fr }: Both): Both {
  return { en: en.trim() === '' ? fr : en, fr: fr.trim() === '' ? en : fr };
}

function changeOf(draft: TemplateDraft): TemplateChange {
  const kind = ticketKind.safeParse(draft.kind);
  const weight = priority.safeParse(draft.priority);
  const to = ticketState.safeParse(draft.to);
  const items = draft.checklist
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const title = filled(draft.title);
  return {
    ...(kind.success ? { kind: kind.data } : {}),
    ...(draft.categoryId === '' ? {} : { categoryId: draft.categoryId }),
    ...(draft.teamId === '' ? {} : { teamId: draft.teamId }),
    ...(weight.success ? { priority: weight.data } : {}),
    ...(draft.tags.length === 0 ? {} : { addTags: [...draft.tags] }),
    ...(items.length === 0 ? {} : { checklist: items }),
    ...(draft.take ? { take: true } : {}),
    ...(to.success ? { to: to.data } : {}),
    ...(title.en.trim() === '' ? {} : { title }),
  };
}

/** What was typed as the contract wants it. */
export function templateOf(id: string, draft: TemplateDraft): Omit<Template, 'mine'> {
  return {
    id,
    kind: 'ticket',
    name: filled(draft.name),
    body: filled(draft.body),
    change: changeOf(draft),
    shared: draft.shared,
  };
}
