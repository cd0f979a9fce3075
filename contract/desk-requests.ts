import { z } from 'zod';
import { ticketRequests, ticketKind, tags, ticketState, level, priority } from './desk.ts';
import {
  attachment,
  bulkChange,
  bulkState,
  category,
  changePlan,
  checklistItem,
  draft,
  found,
  linkKind,
  message,
  messageFormat,
  presence,
  quickReading,
  rearrangement,
  requester,
  rowSort,
  streamPage,
  template,
  templateChange,
  ticketEdit,
  ticketMove,
  ticketRow,
  ticketSheet,
  timeSpent,
  view,
  visibility,
} from './desk-words.ts';
import { mailAddress } from './people.ts';
import { request } from './request.ts';
import { id, language, line, listOf, nothing, page, text, time } from './words.ts';

/** All that can be asked of the desk. */

const ids = z.array(id).min(1).max(500);
const words = text(500).default('');

const tickets = {
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

const conversation = {
  messages: {
    add: request({
      method: 'POST',
      path: '/desk/tickets/{id}/messages',
      permission: 'desk.write',
      summary: 'Answer publicly, or write an internal note',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          id,
          /** Made by the sender, so that a message that is sent twice is written once. */
          messageId: id.optional(),
          visibility,
          format: messageFormat.default('plain'),
          body: text(100_000).min(1),
          /** The draft it grew from, which it ends. */
          draftId: id.optional(),
          attachmentIds: z.array(id).max(50).default([]),
          mentionIds: z.array(id).max(50).default([]),
          /** By telephone, the operator writes down what the requester says. */
          asRequester: z.boolean().default(false),
          /** The state into which it brings the ticket at once. */
          move: ticketMove.optional(),
        }),
      )
      .output(message),
    take: request({
      method: 'POST',
      path: '/desk/tickets/{id}/messages/move',
      permission: 'desk.write',
      summary: 'Move messages to another ticket',
      refusals: ['not_found', 'ticket_circle'],
    })
      .input(z.object({ id, messageIds: ids, toId: id }))
      .output(rearrangement),
  },
  mentions: {
    list: request({
      method: 'GET',
      path: '/desk/mentions',
      permission: 'desk.read',
      summary: 'Where I was mentioned and have not looked yet',
    })
      .input(nothing)
      .output(
        z.object({
          items: z.array(
            z.object({
              messageId: id,
              ticketId: id,
              number: z.number().int(),
              title: z.string(),
              by: z.string(),
              at: time,
            }),
          ),
        }),
      ),
    see: request({
      method: 'POST',
      path: '/desk/mentions/{ticketId}',
      permission: 'desk.write',
      summary: 'I have seen where a ticket mentions me',
      changes: false,
    })
      .input(z.object({ ticketId: id }))
      .output(nothing),
  },
  drafts: {
    list: request({
      method: 'GET',
      path: '/desk/drafts',
      permission: 'desk.write',
      summary: 'What I began to write and did not send',
    })
      .input(nothing)
      .output(z.object({ items: z.array(draft.extend({ number: z.number().int(), title: z.string() })) })),
    // Asked for at every pause in typing: what somebody has not said yet belongs into no trail.
    save: request({
      method: 'PUT',
      path: '/desk/drafts/{id}',
      permission: 'desk.write',
      summary: 'Keep what I am writing',
      refusals: ['not_found'],
      changes: false,
    })
      .input(
        z.object({
          id,
          ticketId: id,
          visibility,
          format: messageFormat,
          body: text(100_000),
          attachmentIds: z.array(id).max(50).default([]),
          /** The revision on which this stands; 0 for a new draft. */
          revision: z.number().int().min(0),
        }),
      )
      .output(
        z.object({
          /** Null when it had been sent or thrown away meanwhile. */
          draft: draft.nullable(),
          /** Another device had saved this draft meanwhile: what was sent now is kept beside it, under an id of its own. */
          apart: z.boolean(),
        }),
      ),
    end: request({
      method: 'DELETE',
      path: '/desk/drafts/{id}',
      permission: 'desk.write',
      summary: 'Throw a draft of mine away',
      refusals: ['not_found'],
      changes: false,
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  presence: {
    // Said again every few seconds while a ticket is open.
    say: request({
      method: 'POST',
      path: '/desk/tickets/{id}/presence',
      permission: 'desk.write',
      summary: 'Say that I look at a ticket or write, and hear who else does',
      changes: false,
    })
      .input(z.object({ id, device: line(60), doing: z.enum(['views', 'writes', 'leaves']) }))
      .output(z.object({ items: z.array(presence) })),
  },
  attachments: {
    begin: request({
      method: 'POST',
      path: '/desk/tickets/{id}/attachments',
      permission: 'desk.write',
      summary: 'Announce a file; its content follows with PUT to the address that is answered',
      refusals: ['not_found', 'too_large'],
    })
      .input(z.object({ id, name: line(200), sizeBytes: z.number().int().min(0).max(1e12) }))
      .output(z.object({ attachmentId: id, path: z.string() })),
    remove: request({
      method: 'DELETE',
      path: '/desk/attachments/{id}',
      permission: 'desk.write',
      summary: 'Take away a file that was not sent yet',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id }))
      .output(nothing),
    list: request({
      method: 'GET',
      path: '/desk/tickets/{id}/attachments',
      permission: 'desk.read',
      summary: 'The files of a ticket',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(z.object({ items: z.array(attachment) })),
  },
};

const rearranging = {
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

const settings = {
  views: {
    list: request({
      method: 'GET',
      path: '/desk/views',
      permission: 'desk.read',
      summary: 'My views and the shared ones',
    })
      .input(nothing)
      .output(z.object({ items: z.array(view) })),
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
      .input(nothing)
      .output(z.object({ items: z.array(template) })),
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
    fill: request({
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
      refusals: ['not_found', 'ticket_circle'],
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

const finding = {
  search: request({
    method: 'GET',
    path: '/desk/search',
    permission: 'desk.read',
    summary: 'Tickets by what is written in them, as one types: titles, messages, files, people and things',
  })
    .input(z.object({ words: text(300).default(''), limit: z.coerce.number().int().min(1).max(50).default(20) }))
    .output(
      z.object({
        items: z.array(found),
        /** What was looked for instead of words that stand nowhere. */
        instead: z.array(z.object({ typed: z.string(), taken: z.array(z.string()) })),
        unknown: z.array(z.string()),
      }),
    ),
  quick: {
    read: request({
      method: 'POST',
      path: '/desk/quick/reading',
      permission: 'desk.read',
      summary: 'What a line such as “imp 3e HS @dupont !2 #compta” means, as one types it',
      changes: false,
    })
      .input(z.object({ line: text(500) }))
      .output(quickReading),
    enter: request({
      method: 'POST',
      path: '/desk/quick',
      permission: 'desk.write',
      summary: 'Open a ticket from one line',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          id: id.optional(),
          line: line(500),
          /** Where a word may mean several things: which choice was taken, by its beginning in the line; null for none. */
          chosen: z
            .array(z.object({ from: z.number().int().min(0).max(500), value: text(200).nullable() }))
            .max(50)
            .default([]),
          note: text(20_000).default(''),
          /** Gives it to whoever enters it, at once. */
          take: z.boolean().default(false),
        }),
      )
      .output(ticketSheet),
  },
};

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
const mine = {
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

export const desk = { tickets, ...conversation, ...rearranging, ...settings, ...finding, mine };

/** Told to whoever follows, beside the facts about incidents. */
export const ticketFacts = {
  'desk.ticketOpened': z.object({
    ticketId: id,
    number: z.number().int(),
    kind: ticketKind,
    title: z.string(),
    priority,
  }),
  'desk.messageAdded': z.object({
    ticketId: id,
    messageId: id,
    number: z.number().int(),
    visibility,
    fromRequester: z.boolean(),
    by: z.string(),
    tags,
  }),
  'desk.mentioned': z.object({
    ticketId: id,
    messageId: id,
    number: z.number().int(),
    by: z.string(),
    personIds: z.array(id),
  }),
  'desk.ticketMoved': z.object({
    ticketId: id,
    number: z.number().int(),
    kind: ticketKind,
    from: ticketState,
    to: ticketState,
    by: z.string(),
  }),
};
