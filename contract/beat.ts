import { z } from 'zod';
import { request } from './request.ts';
import { id, time } from './words.ts';

/** The address that a heartbeat check is called at, and what came of it. */
const heartbeat = z.object({
  /** Path below the address of Vigie; the word in it is the secret. */
  path: z.string(),
  lastAt: time.nullable(),
  lastKind: z.enum(['ok', 'fail', 'start']).nullable(),
  lastFrom: z.string(),
  calls: z.number().int(),
});

/** Part of watch's requests. */
export const beatRequests = {
  heartbeat: {
    get: request({
      method: 'GET',
      path: '/watch/checks/{id}/heartbeat',
      permission: 'watch.write',
      summary: 'The secret address that a heartbeat check is called at',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(heartbeat),
    renew: request({
      method: 'POST',
      path: '/watch/checks/{id}/heartbeat/renew',
      permission: 'watch.write',
      summary: 'Give a heartbeat check a new address; the old one is answered no more',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(heartbeat),
  },
};
