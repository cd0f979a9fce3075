import { z } from 'zod';
import { ticketRequests } from './desk.ts';
import {
  changePlan,
  checklistItem,
  linkKind,
  rowSort,
  streamPage,
  ticketEdit,
  ticketMove,
  ticketRow,
  ticketSheet,
  timeSpent,
} from './desk-words.ts';
import { request } from './request.ts';
import { id, line, page, text } from './words.ts';

const words = text(500).default('');

/** Tickets themselves: found, read, changed and brought on. */
export const tickets = {
  ...ticketRequests.tickets,
  find: request({
    method: 'GET',
    path: '/desk/rows',
    permission: 'desk.read',
    summary: 'Tickets as a list shows them, by typed words such as state:open assignee:me',
  })
    .input(
      z.object({
        words,
        sort: rowSort.default('-number'),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        after: page.after,
      }),
    )
    .output(
      z.object({
        items: z.array(ticketRow),
        next: z.string().nullable(),
        /** How many match; counted up to 1,000. */
        total: z.number().int(),
        more: z.boolean(),
        /** Words with a colon that mean nothing here. */
        unknown: z.array(z.string()),
      }),
    ),
  sheet: request({
    method: 'GET',
    path: '/desk/tickets/{id}/sheet',
    permission: 'desk.read',
    summary: 'A ticket with its facts and the newest of its story',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(ticketSheet),
  stream: request({
    method: 'GET',
    path: '/desk/tickets/{id}/stream',
    permission: 'desk.read',
    summary: 'Earlier messages and events of a ticket',
    refusals: ['not_found'],
  })
    .input(
      z.object({
        id,
        before: z.string().max(80).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    )
    .output(streamPage),
  edit: request({
    method: 'PATCH',
    path: '/desk/tickets/{id}/facts',
    permission: 'desk.write',
    summary: 'Set what is known of a ticket: requester, category, team, impact, urgency, due date and the like',
    refusals: ['not_found', 'already_resolved', 'reason_missing', 'ticket_circle'],
  })
    .input(ticketEdit.extend({ id }))
    .output(ticketSheet),
  move: request({
    method: 'POST',
    path: '/desk/tickets/{id}/state',
    permission: 'desk.write',
    summary: 'Bring a ticket into another state, if its kind has that step',
    refusals: ['not_found', 'move_not_legal', 'reason_missing', 'own_approval', 'cause_is_open'],
  })
    .input(ticketMove.extend({ id }))
    .output(ticketSheet),
  plan: request({
    method: 'PUT',
    path: '/desk/tickets/{id}/plan',
    permission: 'desk.write',
    summary: 'Write the plan of a change and its way back',
    refusals: ['not_found', 'not_a_change', 'not_in_this_state'],
  })
    .input(
      changePlan
        .pick({ emergency: true, risk: true, startsAt: true, endsAt: true })
        .extend({ id, plan: text(20_000), wayBack: text(20_000) }),
    )
    .output(ticketSheet),
  watch: request({
    method: 'POST',
    path: '/desk/tickets/{id}/watchers',
    permission: 'desk.write',
    summary: 'Follow a ticket, or let somebody else follow it',
    refusals: ['not_found'],
  })
    .input(z.object({ id, personId: id, on: z.boolean() }))
    .output(ticketSheet),
  link: request({
    method: 'POST',
    path: '/desk/tickets/{id}/links',
    permission: 'desk.write',
    summary: 'Link a ticket to another, or take the link away',
    refusals: ['not_found', 'ticket_circle'],
  })
    .input(z.object({ id, kind: linkKind, otherId: id, on: z.boolean().default(true) }))
    .output(ticketSheet),
  spend: request({
    method: 'POST',
    path: '/desk/tickets/{id}/times',
    permission: 'desk.write',
    summary: 'Write down time spent on a ticket',
    refusals: ['not_found'],
  })
    .input(z.object({ id, minutes: z.number().int().min(1).max(6_000), note: text(500).default('') }))
    .output(z.object({ items: z.array(timeSpent) })),
  unspend: request({
    method: 'DELETE',
    path: '/desk/tickets/{id}/times/{timeId}',
    permission: 'desk.write',
    summary: 'Take back time that one wrote down',
    refusals: ['not_found'],
  })
    .input(z.object({ id, timeId: id }))
    .output(z.object({ items: z.array(timeSpent) })),
  checklist: request({
    method: 'PUT',
    path: '/desk/tickets/{id}/checklist',
    permission: 'desk.write',
    summary: 'Write the checklist of a ticket: items without an id are new, those left out go',
    refusals: ['not_found'],
  })
    .input(
      z.object({
        id,
        items: z.array(z.object({ id: id.optional(), text: line(300), done: z.boolean().default(false) })).max(100),
      }),
    )
    .output(z.object({ items: z.array(checklistItem) })),
};
