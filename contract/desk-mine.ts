import { z } from 'zod';
import { level, ticketKind, ticketState } from './desk.ts';
import { message } from './desk-words.ts';
import { request } from './request.ts';
import { id, language, line, listOf, nothing, page, text, time } from './words.ts';

/** 1 = not satisfied, 2 = in between, 3 = satisfied. */
const score = z.number().int().min(1).max(3);

const mineTicket = z.object({
  id,
  number: z.number().int(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  openedAt: time,
  updatedAt: time,
  resolvedAt: time.nullable(),
  /** What I said of it, 1 to 3; null while I did not. */
  score: score.nullable(),
  /** Whether I may still say it. */
  mayRate: z.boolean(),
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
    .input(
      z.object({
        id,
        /** The `before` of an answer goes on with what was said earlier. */
        before: z.string().max(80).optional(),
      }),
    )
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
    .input(
      z.object({
        id,
        messageId: id.optional(),
        body: text(20_000).min(1),
        attachmentIds: z.array(id).max(20).default([]),
      }),
    )
    .output(message),
  attach: request({
    method: 'POST',
    path: '/desk/mine/{id}/attachments',
    permission: 'session',
    summary: 'Announce a file for a ticket of mine; its content follows with PUT to the address that is answered',
    refusals: ['not_found', 'too_large'],
  })
    .input(z.object({ id, name: line(200), sizeBytes: z.number().int().min(0).max(1e12) }))
    .output(z.object({ attachmentId: id, path: z.string() })),
  rate: request({
    method: 'POST',
    path: '/desk/mine/{id}/satisfaction',
    permission: 'session',
    summary: 'Say, once, whether I am satisfied',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ id, score, comment: text(2_000).default('') }))
    .output(mineTicket),
  categories: request({
    method: 'GET',
    path: '/desk/mine/categories',
    permission: 'session',
    summary: 'The categories to ask for help in',
  })
    .input(nothing)
    .output(z.object({ items: z.array(z.object({ id, name: z.string() })) })),
  outages: request({
    method: 'GET',
    path: '/desk/mine/outages',
    permission: 'session',
    summary: 'Known outages of what I use',
  })
    .input(nothing)
    .output(z.object({ items: z.array(z.object({ service: z.string(), since: time })) })),
};

const named = z.object({ id: id.nullable(), name: z.string() });
/** How many said what, of one team or category; `id` is null for tickets that have none. */
const satisfactionOf = named.extend({ scores: z.array(z.object({ score, count: z.number().int() })) });
const period = {
  from: time,
  until: time,
  /** Of tickets of this team only, or of this category only. */
  teamId: id.optional(),
  categoryId: id.optional(),
};
/** Of one ticket; it lies in the link of a mail, signed. */
const ratingToken = line(100);
const rating = z.object({
  number: z.number().int(),
  title: z.string(),
  score: score.nullable(),
  comment: z.string(),
  /** Whether it may still be said, or said otherwise. */
  mayChange: z.boolean(),
});

/** Whether requesters are satisfied: what they said in a period, and how they say it by the link of a mail. */
export const satisfaction = {
  figures: request({
    method: 'GET',
    path: '/desk/satisfaction',
    permission: 'desk.read',
    summary: 'What requesters said of what was done for them in a period, by team and category, with their words',
    refusals: ['ends_before'],
  })
    .input(z.object(period))
    .output(
      z.object({
        answers: z.number().int(),
        /** Tickets of requesters that were resolved in the period, and how many of these were asked about by mail. */
        resolved: z.number().int(),
        asked: z.number().int(),
        scores: z.array(z.object({ score, count: z.number().int() })),
        teams: z.array(satisfactionOf),
        categories: z.array(satisfactionOf),
        /** The newest, at most 100. */
        comments: z.array(
          z.object({ ticketId: id, number: z.number().int(), title: z.string(), score, comment: z.string(), at: time }),
        ),
      }),
    ),
  csv: request({
    method: 'GET',
    path: '/desk/satisfaction/csv',
    permission: 'desk.read',
    summary: 'Each answer of a period as a line of CSV',
    refusals: ['ends_before'],
  })
    .input(
      z.object({
        ...period,
        language: language.optional(),
        separator: z.enum(['comma', 'semicolon']).default('comma'),
      }),
    )
    .output(z.file()),
  get: request({
    method: 'GET',
    path: '/desk/satisfaction/{token}',
    permission: 'public',
    summary: 'What a link in a mail asks about, and what was said of it',
    refusals: ['not_found'],
  })
    .input(z.object({ token: ratingToken }))
    .output(rating),
  say: request({
    method: 'POST',
    path: '/desk/satisfaction/{token}',
    permission: 'public',
    summary: 'Say by the link in a mail whether I am satisfied; for a month it may be said otherwise',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ token: ratingToken, score, comment: text(2_000).default('') }))
    .output(rating),
};
