import { v7 as uuid } from 'uuid';
import type { Doer, Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import { editTicket } from '../tickets/edit-ticket.ts';
import { holdTicket, type DeskParts } from '../tickets/hold-ticket.ts';
import { moveTicket } from '../tickets/move-ticket.ts';
import { settingStore } from './store-settings.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import { workStore } from '../tickets/store-work.ts';
import { fillTemplate } from './template-words.ts';

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
  if (checklist.length > 0)
    await transact(async (unit) => {
      await holdTicket(unit, ticketId);
      const before = await workStore(unit.db).checklist(ticketId);
      const kept = before.map((item) => ({ ...item, doneOn: item.doneAt === null ? null : new Date(item.doneAt) }));
      const known = new Set(before.map(({ text }) => text));
      const added = checklist
        .filter((text) => !known.has(text))
        .map((text) => ({ id: uuid(), text, doneAt: null, doneBy: null, doneOn: null }));
      await workStore(unit.db).putChecklist(ticketId, [...kept, ...added].slice(0, 100));
      await unit.live('desk.ticket', ticketId);
    });
  if (to !== undefined && to !== ticket.state)
    await moveTicket(parts, ticketId, { to, reason: template.name[language] }, { who, language });
}
