import { z } from 'zod';
import { request } from './request.ts';
import { id, namedThing, time } from './words.ts';

/** Advice's part about logs: which kinds of line tell something about the start of an incident or an anomaly. */

/** A kind of line that came near the start and did not before, or came much more often. */
export const tellingLine = z.object({
  checkId: id,
  checkName: z.string(),
  target: namedThing.nullable(),
  /** The same over restarts. */
  templateId: z.string(),
  /** The line with `<*>` for what varies. */
  text: z.string(),
  /** One of them. */
  sample: z.string(),
  /** `new`: never seen before; `more`: much more often than ever before. */
  what: z.enum(['new', 'more']),
  /** In the time that was looked at. */
  lines: z.number().int(),
  /** The most in any such time before. */
  mostBefore: z.number().int(),
  /** When the first of them came, to ten minutes; of a new one, exactly. */
  firstAt: time,
  sentence: z.string(),
});
export type TellingLine = z.infer<typeof tellingLine>;

const told = z.object({
  items: z.array(tellingLine),
  /** What was looked at: so many logs, from when to when. */
  logs: z.number().int(),
  from: time,
  until: time,
});

/** Part of advice's requests. */
export const logRequests = {
  logs: {
    ofTicket: request({
      method: 'GET',
      path: '/advice/logs/ticket/{ticketId}',
      permission: 'advice.read',
      summary: 'Kinds of log line that were new or suddenly frequent when an incident began',
      refusals: ['not_found'],
    })
      .input(z.object({ ticketId: id }))
      .output(told),
    ofAnomaly: request({
      method: 'GET',
      path: '/advice/logs/anomaly/{id}',
      permission: 'advice.read',
      summary: 'Kinds of log line that were new or suddenly frequent when an anomaly began',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(told),
  },
};
