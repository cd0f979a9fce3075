import { z } from 'zod';
import { category, requester, rowSort, template, templateChange, ticketSheet, view } from './desk-words.ts';
import { mailAddress } from './people.ts';
import { request } from './request.ts';
import { id, language, line, listOf, nothing, page, text } from './words.ts';

/** What the desk is set up with: views, templates, categories, and the people it helps. */
export const deskSettings = {
  views: {
    list: request({
      method: 'GET',
      path: '/desk/views',
      permission: 'desk.read',
      summary: 'My views and the shared ones',
    })
      .input(z.object(page))
      .output(listOf(view)),
    put: request({
      method: 'PUT',
      path: '/desk/views/{id}',
      permission: 'desk.write',
      summary: 'Keep a view: typed words and an order under a name',
      refusals: ['not_yours'],
    })
      .input(z.object({ id, name: line(80), words: text(500), sort: rowSort, shared: z.boolean().default(false) }))
      .output(view),
    remove: request({
      method: 'DELETE',
      path: '/desk/views/{id}',
      permission: 'desk.write',
      summary: 'Remove a view of mine',
      refusals: ['not_found', 'not_yours'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  templates: {
    list: request({
      method: 'GET',
      path: '/desk/templates',
      permission: 'desk.read',
      summary: 'Canned answers and templates of tickets: mine and the shared ones',
    })
      .input(z.object({ ...page, kind: template.shape.kind.optional() }))
      .output(listOf(template)),
    put: request({
      method: 'PUT',
      path: '/desk/templates/{id}',
      permission: 'desk.write',
      summary: 'Keep a canned answer or a template, in both languages',
      refusals: ['not_yours'],
    })
      .input(
        template
          .pick({ id: true, kind: true, name: true, body: true })
          .extend({ change: templateChange.default({}), shared: z.boolean().default(true) }),
      )
      .output(template),
    remove: request({
      method: 'DELETE',
      path: '/desk/templates/{id}',
      permission: 'desk.write',
      summary: 'Remove a template of mine',
      refusals: ['not_found', 'not_yours'],
    })
      .input(z.object({ id }))
      .output(nothing),
    filled: request({
      method: 'GET',
      path: '/desk/templates/{id}/filled',
      permission: 'desk.read',
      summary: 'A canned answer with the words of a ticket put in, in its requester’s language',
      refusals: ['not_found'],
    })
      .input(z.object({ id, ticketId: id, language: language.optional() }))
      .output(z.object({ body: z.string(), language, missing: z.array(z.string()) })),
    use: request({
      method: 'POST',
      path: '/desk/templates/{id}/use',
      permission: 'desk.write',
      summary: 'Do to a ticket what a template sets: its team, category, tags, state and checklist',
      refusals: ['not_found', 'move_not_legal', 'reason_missing', 'already_resolved', 'cause_is_open', 'own_approval'],
    })
      .input(z.object({ id, ticketId: id }))
      .output(ticketSheet),
  },
  categories: {
    list: request({
      method: 'GET',
      path: '/desk/categories',
      permission: 'desk.read',
      summary: 'The tree of categories',
    })
      .input(nothing)
      .output(z.object({ items: z.array(category) })),
    put: request({
      method: 'PUT',
      path: '/desk/categories/{id}',
      permission: 'desk.write',
      summary: 'Keep a category, in both languages',
      refusals: ['not_found', 'ticket_circle', 'desk_full'],
    })
      .input(
        z.object({
          id,
          parentId: id.nullable().default(null),
          name: z.object({ en: line(80), fr: line(80) }),
          words: text(300).default(''),
          teamId: id.nullable().default(null),
          active: z.boolean().default(true),
        }),
      )
      .output(category),
  },
  requesters: {
    list: request({
      method: 'GET',
      path: '/desk/requesters',
      permission: 'desk.read',
      summary: 'People who are helped, with or without an account, as one types',
    })
      .input(z.object({ search: text(100).default(''), limit: z.coerce.number().int().min(1).max(100).default(20) }))
      .output(z.object({ items: z.array(requester.extend({ id: id.nullable() })) })),
    get: request({
      method: 'GET',
      path: '/desk/requesters/{id}',
      permission: 'desk.read',
      summary: 'Somebody who is helped',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(requester),
    put: request({
      method: 'PUT',
      path: '/desk/requesters/{id}',
      permission: 'desk.write',
      summary: 'Keep somebody who is helped; one with an account by the account’s id',
      refusals: ['mail_taken', 'not_found'],
    })
      .input(
        z.object({
          id,
          personId: id.nullable().default(null),
          name: line(120).optional(),
          mail: mailAddress.nullable().default(null),
          phone: text(60).default(''),
          language: language.default('fr'),
          note: text(2_000).default(''),
        }),
      )
      .output(requester),
  },
};
