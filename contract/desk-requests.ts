import { z } from 'zod';
import { priority, tags, ticketKind, ticketState } from './desk.ts';
import { visibility } from './desk-words.ts';
import { id, inBoth, time } from './words.ts';
import { conversation } from './desk-conversation.ts';
import { finding } from './desk-finding.ts';
import { levels } from './desk-levels.ts';
import { goal } from './desk-promise.ts';
import { deskMail } from './desk-mail.ts';
import { mine, satisfaction } from './desk-mine.ts';
import { rearranging } from './desk-rearranging.ts';
import { deskSettings } from './desk-settings.ts';
import { tickets } from './desk-tickets.ts';

/** All that can be asked of the desk. */
export const desk = {
  tickets,
  ...conversation,
  ...rearranging,
  ...deskSettings,
  ...finding,
  levels,
  ...deskMail,
  mine,
  satisfaction,
};

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
  /** A promise is near its end or past it, and certain people are to know. */
  'desk.promiseNear': z.object({
    ticketId: id,
    number: z.number().int(),
    title: inBoth,
    priority,
    goal,
    dueAt: time,
    over: z.boolean(),
    stepId: z.string(),
    startedAt: time,
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
