import { z } from 'zod';
import { sanitiseOutput } from '#probe/sanitise-output.ts';

/**
 * What people and hosts say: with no control character and no sign that turns the writing around, wherever it is told.
 */
const said = z.string().overwrite((text) => sanitiseOutput(text, longestSaidBytes));
const longestSaidBytes = 32_768;

/** A moment as JSON carries it. */
const moment = z.string();

const incident = {
  number: z.number(),
  ticketId: z.string(),
  title: z.object({ en: said, fr: said }),
  priority: z.string(),
  cause: said.nullable(),
  failingSince: moment,
  goodSince: moment.nullable(),
  outageSeconds: z.number().nullable(),
  causeText: said,
  remedyText: said,
  resolvedBy: said,
};

/** What a notice tells, in no language: it is worded when it is sent. */
export const notice = z.discriminatedUnion('about', [
  z.object({ about: z.literal('opened'), ...incident }),
  z.object({ about: z.literal('reminder'), ...incident, lastsSeconds: z.number() }),
  z.object({ about: z.literal('solved'), ...incident }),
  z.object({ about: z.literal('resolved'), ...incident }),
  z.object({ about: z.literal('acknowledged'), ...incident, by: said }),
  z.object({ about: z.literal('unrouted'), ...incident }),
  /** This incident is told in place of others. */
  z.object({ about: z.literal('joined'), ...incident }),
  /** Somebody takes somebody else's shift, or is asked to, or does not. */
  z.object({
    about: z.literal('cover'),
    state: z.enum(['asked', 'accepted', 'refused', 'withdrawn']),
    rotaId: z.string(),
    rota: said,
    timeZone: z.string(),
    person: said,
    askedBy: said,
    by: said,
    from: moment,
    until: moment,
    note: said,
  }),
  z.object({
    about: z.literal('promise'),
    ticketId: z.string(),
    ticket: z.number(),
    name: z.object({ en: said, fr: said }),
    goal: z.enum(['first', 'next', 'resolution']),
    dueAt: moment,
    over: z.boolean(),
  }),
  z.object({ about: z.literal('mention'), ticketId: z.string(), ticket: z.number(), by: said }),
  z.object({
    about: z.literal('approval'),
    runId: z.string(),
    runbook: said,
    host: said,
    by: said,
    ticketId: z.string().nullable(),
  }),
  z.object({
    about: z.literal('decided'),
    runId: z.string(),
    runbook: said,
    host: said,
    ticketId: z.string().nullable(),
  }),
  z.object({ about: z.literal('test'), channel: said }),
  /** Many notices in one message, each by its subject. Made when it is sent, of notices that stand in the log. */
  z.object({
    about: z.literal('digest'),
    incidents: z.number(),
    seconds: z.number(),
    items: z.array(
      z.object({ deliveryId: z.string(), about: z.string(), ticketId: z.string().nullable(), subject: said }),
    ),
  }),
]);
export type Notice = z.infer<typeof notice>;
