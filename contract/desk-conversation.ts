import { z } from 'zod';
import {
  attachment,
  draft,
  message,
  messageFormat,
  presence,
  rearrangement,
  ticketMove,
  visibility,
} from './desk-words.ts';
import { request } from './request.ts';
import { id, line, nothing, text, time } from './words.ts';

const ids = z.array(id).min(1).max(500);

/** What is said in a ticket: messages, mentions, drafts, files and who is there. */
export const conversation = {
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
      summary: 'The files of a ticket, oldest first',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(
        z.object({
          items: z.array(attachment),
          /** There are more than these 500; the later ones stand with their messages. */
          more: z.boolean(),
        }),
      ),
  },
};
