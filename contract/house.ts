import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { request } from './request.ts';
import { nothing, time } from './words.ts';

/** The house itself: the live stream, and what runs. */

/** A live event: something of that topic changed; `id` names what. Screens fetch again what they show. */
export const liveEvent = z.object({
  /** `watch.check`, `watch.alert`, `desk.ticket`, `upkeep.run`, `upkeep.output`, `logbook.entry`, `notify.delivery`, `estate.thing`, `people.person`, and `tick` every 20 s. */
  topic: z.string(),
  id: z.string().nullable(),
  at: time,
  /** Small extras that save a request, such as a check's new state. */
  extra: z.record(z.string(), z.unknown()).optional(),
});
export type LiveEvent = z.infer<typeof liveEvent>;

export const house = {
  about: request({
    method: 'GET',
    path: '/house/about',
    permission: 'public',
    summary: "The product's version, and whether this is the demonstration",
  })
    .input(nothing)
    .output(z.object({ name: z.literal('Vigie'), version: z.string(), demonstration: z.boolean() })),
  live: request({
    method: 'GET',
    path: '/house/live',
    permission: 'session',
    summary: 'Server-sent events: what changes, as it changes',
  })
    .input(nothing)
    .output(eventIterator(liveEvent)),
};
