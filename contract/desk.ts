import { z } from 'zod';
import { request } from './request.ts';
import { doer, id, inBoth, line, listOf, namedThing, page, text, time } from './words.ts';

/** Desk: tickets, and the way of an incident from its first alert to its resolution. The rest stands in desk-requests.ts. */

export const ticketKind = z.enum(['incident', 'request', 'problem', 'change']);
export type TicketKind = z.infer<typeof ticketKind>;

/**
 * `solved` = proposed as resolved: by proof, when every failed check is up again, or by an answer that should have helped;
 * a person has still to agree. `waiting`: for somebody outside the desk. Of a problem `known_error`: its cause and a
 * workaround are known. Of a change `approval`: a second person is to agree; `approved`; `review`: done, to be looked back on.
 * `resolved` and `cancelled` are ends.
 */
export const ticketState = z.enum([
  'open',
  'in_progress',
  'waiting',
  'solved',
  'known_error',
  'approval',
  'approved',
  'review',
  'resolved',
  'cancelled',
]);
export type TicketState = z.infer<typeof ticketState>;
export const priority = z.enum(['low', 'normal', 'high', 'critical']);

export const level = z.enum(['low', 'normal', 'high']);
export type Level = z.infer<typeof level>;
export const ticketSource = z.enum(['hand', 'quick', 'alert', 'mail', 'portal', 'api']);

export const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,39}$/u);
export const tags = z.array(tag).max(30);

const newTicketFields = {
  impact: level.optional(),
  urgency: level.optional(),
  requesterId: id.nullable().default(null),
  categoryId: id.nullable().default(null),
  teamId: id.nullable().default(null),
  assigneeId: id.nullable().default(null),
  tags: tags.default([]),
  dueAt: time.nullable().default(null),
  source: z.enum(['hand', 'api']).default('hand'),
};

export const ticketAlert = z.object({
  alertId: id,
  checkId: id,
  checkName: z.string(),
  target: namedThing,
  failingSince: time,
  clearedAt: time.nullable(),
  summary: z.string(),
});

export const ticketEvent = z.object({
  id,
  at: time,
  who: doer,
  kind: z.enum([
    'opened',
    'alert_added',
    'alert_cleared',
    'acknowledged',
    'assigned',
    'comment',
    'run_proposed',
    'run_approved',
    'run_refused',
    'run_emergency',
    'run_started',
    /** Vigie found a step again that went on while it was itself away. */
    'run_reattached',
    'run_ended',
    'proof',
    'solved',
    'reopened',
    'resolved',
    'cause',
    'changed',
    'moved',
  ]),
  /** The event told in the reader's language; a comment's own words. */
  text: z.string(),
  runId: id.nullable(),
});

export const ticket = z.object({
  id,
  number: z.number().int(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  priority,
  cause: namedThing.nullable(),
  causeKey: z.string().nullable(),
  /** First failing result, before confirmation. */
  failingSince: time,
  openedAt: time,
  acknowledgedAt: time.nullable(),
  acknowledgedBy: doer.nullable(),
  assignee: doer.nullable(),
  /** First good result after the last failing one. */
  goodSince: time.nullable(),
  resolvedAt: time.nullable(),
  resolvedBy: doer.nullable(),
  /** Measured from the first failing to the first good result; null while it lasts. */
  outageSeconds: z.number().nullable(),
  causeText: z.string(),
  remedyText: z.string(),
  alertCount: z.number().int(),
  openAlertCount: z.number().int(),
});
export type Ticket = z.infer<typeof ticket>;
export const ticketWhole = ticket.extend({ alerts: z.array(ticketAlert), events: z.array(ticketEvent) });
export type TicketWhole = z.infer<typeof ticketWhole>;

export const ticketRequests = {
  tickets: {
    list: request({ method: 'GET', path: '/desk/tickets', permission: 'desk.read', summary: 'Tickets, newest first' })
      .input(
        z.object({
          ...page,
          open: z.stringbool().optional(),
          state: ticketState.optional(),
          search: text(100).optional(),
          assigneeId: id.optional(),
          causeId: id.optional(),
        }),
      )
      .output(listOf(ticket)),
    get: request({
      method: 'GET',
      path: '/desk/tickets/{id}',
      permission: 'desk.read',
      summary: 'One ticket with its alerts and its story',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(ticketWhole),
    create: request({
      method: 'POST',
      path: '/desk/tickets',
      permission: 'desk.write',
      summary: 'Open a ticket by hand',
      refusals: ['not_found', 'move_not_legal', 'reason_missing', 'own_approval', 'cause_is_open'],
    })
      .input(
        z.object({
          /** Made by the sender, so that a ticket that is sent twice is opened once. */
          id: id.optional(),
          /** Left out, the template's, else an incident. */
          kind: ticketKind.optional(),
          title: line(300),
          /** Left out, it follows from impact and urgency; those left out too, it is normal. */
          priority: priority.optional(),
          ...newTicketFields,
          description: text(20_000).default(''),
          /** A template gives what is left out: kind, priority, description, category, team and tags; and its checklist and state. */
          templateId: id.optional(),
          cause: z
            .object({ kind: z.enum(['site', 'host', 'service']), id })
            .nullable()
            .default(null),
        }),
      )
      .output(ticketWhole),
    acknowledge: request({
      method: 'POST',
      path: '/desk/tickets/{id}/acknowledgement',
      permission: 'desk.write',
      summary: 'Take the incident: reminders stop',
      refusals: ['not_found', 'already_resolved'],
    })
      .input(z.object({ id }))
      .output(ticketWhole),
    assign: request({
      method: 'POST',
      path: '/desk/tickets/{id}/assignee',
      permission: 'desk.write',
      summary: 'Give a ticket to somebody',
      refusals: ['not_found', 'already_resolved'],
    })
      .input(z.object({ id, personId: id.nullable() }))
      .output(ticketWhole),
    comment: request({
      method: 'POST',
      path: '/desk/tickets/{id}/comments',
      permission: 'desk.write',
      summary: 'Add a comment in plain text',
      refusals: ['not_found'],
    })
      .input(z.object({ id, text: text(20_000).min(1) }))
      .output(ticketWhole),
    change: request({
      method: 'PATCH',
      path: '/desk/tickets/{id}',
      permission: 'desk.write',
      summary: 'Change title, priority, cause or remedy',
      refusals: ['not_found', 'already_resolved'],
    })
      .input(
        z.object({
          id,
          title: line(300).optional(),
          priority: priority.optional(),
          causeText: text(5_000).optional(),
          remedyText: text(5_000).optional(),
        }),
      )
      .output(ticketWhole),
    resolve: request({
      method: 'POST',
      path: '/desk/tickets/{id}/resolution',
      permission: 'desk.write',
      summary: 'Agree that it is resolved, with cause and remedy',
      refusals: ['not_found', 'already_resolved'],
    })
      .input(
        z.object({
          id,
          causeText: text(5_000).min(1),
          remedyText: text(5_000).min(1),
          solutionId: id.nullable().default(null),
        }),
      )
      .output(ticketWhole),
    prove: request({
      method: 'POST',
      path: '/desk/tickets/{id}/proof',
      permission: 'desk.write',
      summary: 'Run the failed checks again at once',
      refusals: ['not_found', 'already_resolved'],
    })
      .input(z.object({ id }))
      .output(ticketWhole),
  },
};

const ticketFact = z.object({
  ticketId: id,
  number: z.number().int(),
  title: inBoth,
  priority,
  cause: namedThing.nullable(),
  causeKey: z.string().nullable(),
  failingSince: time,
});
export const deskFacts = {
  'desk.incidentOpened': ticketFact.extend({ summary: inBoth, silenced: z.boolean() }),
  'desk.incidentAcknowledged': ticketFact.extend({ by: z.string() }),
  'desk.incidentSolved': ticketFact.extend({ goodSince: time, outageSeconds: z.number() }),
  'desk.incidentReopened': ticketFact.extend({ summary: inBoth }),
  'desk.incidentResolved': ticketFact.extend({
    by: z.string(),
    goodSince: time.nullable(),
    outageSeconds: z.number().nullable(),
    causeText: z.string(),
    remedyText: z.string(),
    solutionId: id.nullable(),
    runbookIds: z.array(id),
  }),
  'desk.commentAdded': z.object({ ticketId: id, number: z.number().int(), by: z.string(), text: z.string() }),
  /** The failed checks of an incident are to run again at once; watch answers with watch.checksRan. */
  'desk.proofWanted': z.object({ requestId: id, ticketId: id, checkIds: z.array(id) }),
};
