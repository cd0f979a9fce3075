import { z } from 'zod';
import { priority as priorityWord, ticketKind } from '#contract/desk.ts';
import type { client } from '#web/shell/api.ts';
import { useKeptText } from '#web/ui/form/use-kept-text.ts';

const shape = z.object({
  templateId: z.string().default(''),
  kind: ticketKind.default('incident'),
  title: z.string().default(''),
  requester: z.object({ id: z.string(), label: z.string() }).nullable().default(null),
  description: z.string().default(''),
  priority: z.string().default(''),
  categoryId: z.string().default(''),
  teamId: z.string().default(''),
  assigneeId: z.string().default(''),
  cause: z.string().default(''),
  tags: z.array(z.string()).default([]),
  dueAt: z.string().nullable().default(null),
});

/** A ticket that is being written down; empty is "not said". */
export type NewTicketDraft = z.infer<typeof shape>;

function read(text: string): NewTicketDraft {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return shape.parse({});
  }
}

/** What is typed, kept in this tab until it is sent. */
export function useNewTicketDraft() {
  const kept = useKeptText('new ticket');
  const draft = read(kept.text);
  return {
    draft,
    set: (change: Partial<NewTicketDraft>): void => kept.change(JSON.stringify({ ...draft, ...change })),
    restored: kept.restored,
    drop: kept.drop,
  };
}

const orNull = (value: string): string | null => (value === '' ? null : value);

/** What was typed as the contract wants it. A thing is written as `host <id>`. */
export function newTicketOf(draft: NewTicketDraft): Parameters<typeof client.desk.tickets.create>[0] {
  const [kind, id] = draft.cause.split(' ');
  const priority = priorityWord.safeParse(draft.priority);
  return {
    kind: draft.kind,
    title: draft.title,
    description: draft.description,
    ...(priority.success ? { priority: priority.data } : {}),
    ...(draft.templateId === '' ? {} : { templateId: draft.templateId }),
    requesterId: draft.requester?.id ?? null,
    categoryId: orNull(draft.categoryId),
    teamId: orNull(draft.teamId),
    assigneeId: orNull(draft.assigneeId),
    tags: draft.tags,
    dueAt: draft.dueAt,
    cause: (kind === 'host' || kind === 'service') && id !== undefined ? { kind, id } : null,
  };
}
