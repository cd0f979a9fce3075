import { v7 as uuid } from 'uuid';
import type { TicketKind } from '#contract/desk.ts';
import type { Doer, Language } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { editTicket } from '../tickets/edit-ticket.ts';
import { holdTicket, type DeskParts } from '../tickets/hold-ticket.ts';
import { moveIn, moveTicket } from '../tickets/move-ticket.ts';
import { openTicket, type TicketAsked } from '../tickets/open-ticket.ts';
import { settingStore, type Template } from './store-settings.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import { workStore } from '../tickets/store-work.ts';
import { fillTemplate } from './template-words.ts';

/** Adds to a ticket's checklist what is not on it yet. */
async function addChecklist(unit: Unit<'desk'>, ticketId: string, checklist: readonly string[]): Promise<void> {
  await holdTicket(unit, ticketId);
  const before = await workStore(unit.db).checklist(ticketId);
  const kept = before.map((item) => ({ ...item, doneOn: item.doneAt === null ? null : new Date(item.doneAt) }));
  const known = new Set(before.map(({ text }) => text));
  const added = checklist
    .filter((text) => !known.has(text))
    .map((text) => ({ id: uuid(), text, doneAt: null, doneBy: null, doneOn: null }));
  await workStore(unit.db).putChecklist(ticketId, [...kept, ...added].slice(0, 100));
  await unit.live('desk.ticket', ticketId);
}

/** What is asked of a new ticket that may begin with a template. */
type Asked = Omit<TicketAsked, 'kind'> & {
  readonly kind?: TicketKind | undefined;
  readonly templateId?: string | undefined;
};

/** What was asked for, and of the template what was left out. */
function wholeOf(
  asked: Omit<Asked, 'templateId'>,
  { change, body }: Template,
  { who, language }: { who: Doer; language: Language },
): TicketAsked {
  const isWeighed = asked.impact !== undefined || asked.urgency !== undefined;
  return {
    ...asked,
    kind: asked.kind ?? change.kind ?? 'incident',
    priority: asked.priority ?? (isWeighed ? undefined : change.priority),
    description: asked.description.trim() === '' ? body[language] : asked.description,
    categoryId: asked.categoryId ?? change.categoryId ?? null,
    teamId: asked.teamId ?? change.teamId ?? null,
    assigneeId: asked.assigneeId ?? (change.take === true ? who.id : null),
    tags: asked.tags.length === 0 ? (change.addTags ?? []) : asked.tags,
  };
}

/** Opens a ticket by hand; a template gives what was left out, its checklist and its state, all of it or nothing. */
export async function openByTemplate(
  parts: DeskParts,
  { templateId, ...asked }: Asked,
  { who, language }: { who: Doer; language: Language },
): Promise<string> {
  if (templateId === undefined) return openTicket(parts, { ...asked, kind: asked.kind ?? 'incident' }, who);
  const template = await settingStore(parts.db).template(templateId, who.id ?? '');
  if (template === null || template.kind !== 'ticket') throw new Refusal('not_found');
  const { checklist = [], to } = template.change;
  return openTicket(parts, wholeOf(asked, template, { who, language }), who, async (unit, id) => {
    if (checklist.length > 0) await addChecklist(unit, id, checklist);
    const ticket = await holdTicket(unit, id);
    if (to === undefined || to === ticket.state) return;
    const at = parts.clock.now();
    await moveIn(unit, ticket, { move: { to, reason: template.name[language] }, who, at, language });
  });
}

/** Does to a ticket what a template sets: a macro in one click, each step told in the story. */
export async function applyTemplate(
  parts: DeskParts,
  { templateId, ticketId }: { templateId: string; ticketId: string },
  { who, language }: { who: Doer; language: Language },
): Promise<void> {
  const { db, transact } = parts;
  const template = await settingStore(db).template(templateId, who.id ?? '');
  const ticket = await ticketStore(db).get(ticketId);
  if (template === null || ticket === null) throw new Refusal('not_found');
  const { kind, categoryId, teamId, priority, addTags = [], take, to, title, checklist = [] } = template.change;
  const named =
    title === undefined ? '' : fillTemplate(title[language], { 'ticket.title': ticket.title[language] }).text;
  await editTicket(
    parts,
    ticketId,
    {
      kind,
      categoryId,
      teamId,
      // What a template sets is its own reason.
      ...(priority === undefined ? {} : { priority, priorityReason: template.name[language] }),
      ...(addTags.length === 0 ? {} : { tags: [...new Set([...ticket.tags, ...addTags])] }),
      ...(take === true ? { assigneeId: who.id } : {}),
      ...(named.trim() === '' ? {} : { title: named.trim().slice(0, 300) }),
    },
    who,
  );
  if (checklist.length > 0) await transact((unit) => addChecklist(unit, ticketId, checklist));
  if (to !== undefined && to !== ticket.state)
    await moveTicket(parts, ticketId, { to, reason: template.name[language] }, { who, language });
}
