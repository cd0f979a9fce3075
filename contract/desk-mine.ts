import { z } from 'zod';
import { level, ticketKind, ticketState } from './desk.ts';
import { message } from './desk-words.ts';
import { request } from './request.ts';
import { id, line, listOf, page, text, time } from './words.ts';

const mineTicket = z.object({
  id,
  number: z.number().int(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  openedAt: time,
  updatedAt: time,
  resolvedAt: time.nullable(),
});

/** What is one's own: tickets of which one is the requester. Nothing internal is told here. */
export const mine = {
  list: request({ method: 'GET', path: '/desk/mine', permission: 'session', summary: 'The tickets that I asked for' })
    .input(z.object({ ...page, open: z.stringbool().optional(), search: text(100).default('') }))
    .output(listOf(mineTicket)),
  get: request({
    method: 'GET',
    path: '/desk/mine/{id}',
    permission: 'session',
    summary: 'A ticket of mine with its public conversation',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(mineTicket.extend({ messages: z.array(message), before: z.string().nullable() })),
  ask: request({
    method: 'POST',
    path: '/desk/mine',
    permission: 'session',
    summary: 'Ask for help',
    refusals: ['not_found'],
  })
    .input(
      z.object({
        id: id.optional(),
        kind: z.enum(['incident', 'request']).default('incident'),
        title: line(300),
        text: text(20_000).default(''),
        categoryId: id.nullable().default(null),
        urgency: level.default('normal'),
      }),
    )
    .output(mineTicket),
  answer: request({
    method: 'POST',
    path: '/desk/mine/{id}/messages',
    permission: 'session',
    summary: 'Write in a ticket of mine; one that was resolved opens again',
    refusals: ['not_found'],
  })
    .input(z.object({ id, messageId: id.optional(), body: text(20_000).min(1) }))
    .output(message),
};
