import { z } from 'zod';
import { time } from './words.ts';

/** What the desk promises of a ticket: the first answer, the answer to each further word of its requester, its resolution. */
export const goal = z.enum(['first', 'next', 'resolution']);
export type Goal = z.infer<typeof goal>;

const promiseState = z.enum(['running', 'paused', 'met', 'missed', 'dropped']);

/** How one promise of a ticket stands. */
export const ticketPromise = z.object({
  goal,
  state: promiseState,
  policy: z.string(),
  startedAt: time,
  /** Null while it is paused before its end. */
  dueAt: time.nullable(),
  endedAt: time.nullable(),
  targetSeconds: z.number(),
  countedSeconds: z.number(),
});
export type TicketPromise = z.infer<typeof ticketPromise>;
