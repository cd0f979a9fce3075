import { z } from 'zod';
import { inBoth } from '#contract/words.ts';

/** A moment as JSON carries it. */
const moment = z.string();

const incident = {
  number: z.number(),
  ticketId: z.string(),
  title: inBoth,
  priority: z.string(),
  cause: z.string().nullable(),
  failingSince: moment,
  goodSince: moment.nullable(),
  outageSeconds: z.number().nullable(),
  causeText: z.string(),
  remedyText: z.string(),
  resolvedBy: z.string(),
};

/** What a notice tells, in no language: it is worded when it is sent. */
export const notice = z.discriminatedUnion('about', [
  z.object({ about: z.literal('opened'), ...incident }),
  z.object({ about: z.literal('reminder'), ...incident, lastsSeconds: z.number() }),
  z.object({ about: z.literal('solved'), ...incident }),
  z.object({ about: z.literal('resolved'), ...incident }),
  z.object({ about: z.literal('acknowledged'), ...incident, by: z.string() }),
  z.object({ about: z.literal('unrouted'), ...incident }),
  /** This incident is told in place of others. */
  z.object({ about: z.literal('joined'), ...incident }),
  /** Somebody takes somebody else's shift, or is asked to, or does not. */
  z.object({
    about: z.literal('cover'),
    state: z.enum(['asked', 'accepted', 'refused', 'withdrawn']),
    rotaId: z.string(),
    rota: z.string(),
    timeZone: z.string(),
    person: z.string(),
    askedBy: z.string(),
    by: z.string(),
    from: moment,
    until: moment,
    note: z.string(),
  }),
  z.object({
    about: z.literal('approval'),
    runId: z.string(),
    runbook: z.string(),
    host: z.string(),
    by: z.string(),
    ticketId: z.string().nullable(),
  }),
  z.object({ about: z.literal('test'), channel: z.string() }),
  /** Many notices in one message, each by its subject. Made when it is sent, of notices that stand in the log. */
  z.object({
    about: z.literal('digest'),
    incidents: z.number(),
    seconds: z.number(),
    items: z.array(
      z.object({ deliveryId: z.string(), about: z.string(), ticketId: z.string().nullable(), subject: z.string() }),
    ),
  }),
]);
export type Notice = z.infer<typeof notice>;
