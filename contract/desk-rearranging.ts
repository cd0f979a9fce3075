import { z } from 'zod';
import { ticketKind } from './desk.ts';
import { bulkChange, bulkState, rearrangement, ticketRow } from './desk-words.ts';
import { request } from './request.ts';
import { id, line, nothing, text } from './words.ts';

const ids = z.array(id).min(1).max(500);

const words = text(500).default('');

/** Many tickets at once: merged, split, changed together, each with its way back. */
export const rearranging = {
  merges: {
    merge: request({
      method: 'POST',
      path: '/desk/merges',
      permission: 'desk.write',
      summary: 'Merge tickets into one; it can be undone for thirty days',
      refusals: ['not_found', 'ticket_circle', 'cause_is_open'],
    })
      .input(z.object({ ids: z.array(id).min(1).max(50), intoId: id }))
      .output(z.object({ items: z.array(rearrangement) })),
    split: request({
      method: 'POST',
      path: '/desk/tickets/{id}/split',
      permission: 'desk.write',
      summary: 'Make a ticket of its own of some messages; it can be undone for thirty days',
      refusals: ['not_found'],
    })
      .input(z.object({ id, messageIds: ids, title: line(300), kind: ticketKind.optional() }))
      .output(rearrangement),
    undo: request({
      method: 'POST',
      path: '/desk/merges/{id}/undo',
      permission: 'desk.write',
      summary: 'Undo a merge, split or move: each message goes back, those that came after too',
      refusals: ['not_found', 'undo_too_late'],
    })
      .input(z.object({ id }))
      .output(rearrangement),
  },
  bulk: {
    preview: request({
      method: 'POST',
      path: '/desk/bulk/preview',
      permission: 'desk.read',
      summary: 'How many tickets a change of many would reach, and the first of them',
      changes: false,
    })
      .input(z.object({ ids: z.array(id).max(10_000).default([]), words, change: bulkChange }))
      .output(z.object({ total: z.number().int(), changing: z.number().int(), items: z.array(ticketRow) })),
    start: request({
      method: 'POST',
      path: '/desk/bulk',
      permission: 'desk.write',
      summary:
        'Change many tickets: those of a list of ids, or all that match typed words; can be undone for thirty days',
      refusals: ['not_found', 'too_many_tickets'],
    })
      .input(z.object({ ids: z.array(id).max(10_000).default([]), words, change: bulkChange }))
      .output(bulkState),
    get: request({
      method: 'GET',
      path: '/desk/bulk/{id}',
      permission: 'desk.read',
      summary: 'How far a change of many tickets is',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(bulkState),
    undo: request({
      method: 'POST',
      path: '/desk/bulk/{id}/undo',
      permission: 'desk.write',
      summary: 'Undo a change of many tickets, except where somebody has changed the same since',
      refusals: ['not_found', 'undo_too_late', 'not_in_this_state'],
    })
      .input(z.object({ id }))
      .output(bulkState),
    list: request({
      method: 'GET',
      path: '/desk/bulk',
      permission: 'desk.read',
      summary: 'The latest changes of many tickets',
    })
      .input(nothing)
      .output(z.object({ items: z.array(bulkState) })),
  },
};
