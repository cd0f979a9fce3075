import { z } from 'zod';
import { state } from './alert.ts';
import { request } from './request.ts';
import { id, time } from './words.ts';

/** Watch: what came of the turns of upkeep's maintenance windows. */

export const windowTurn = z.object({
  from: time,
  until: time,
  /** Null while it goes on. */
  endedAt: time.nullable(),
  /** When it was looked whether all stands as before; null until then. */
  verifiedAt: time.nullable(),
  /** Checks that it covers. */
  checks: z.number().int(),
  /** Among them: those that were well or degraded when it began, and are looked at when it ends. */
  compared: z.number().int(),
  /** What does not stand as before: at the end, or while it goes on, now. */
  worse: z.array(
    z.object({
      /** Null when the check is gone. */
      checkId: id.nullable(),
      name: z.string(),
      target: z.string(),
      before: state,
      after: state,
      /** How it stands today; null when the check is gone. */
      now: state.nullable(),
    }),
  ),
});
export type WindowTurn = z.infer<typeof windowTurn>;

/** Part of watch's requests. */
export const turnRequests = {
  windows: {
    turns: request({
      method: 'GET',
      path: '/watch/windows/{id}/turns',
      permission: 'watch.read',
      summary: 'What came of the turns of a maintenance window, newest first: what got worse than before',
    })
      .input(z.object({ id, limit: z.coerce.number().int().min(1).max(100).default(20) }))
      .output(z.object({ items: z.array(windowTurn) })),
  },
};
