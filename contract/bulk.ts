import { z } from 'zod';
import { checkSettings, importance } from './profile.ts';
import { request } from './request.ts';
import { id, line } from './words.ts';

/** Watch: many checks changed or removed at once. */

/** What is to become of one check; what is left out stays. */
export const bulkChange = z.object({
  id,
  name: line(200).optional(),
  /** Single settings; those that are not named stay as they are. */
  settings: checkSettings.optional(),
  intervalSeconds: z.number().min(1).max(86_400).optional(),
  importance: importance.optional(),
  paused: z.boolean().optional(),
});
export type BulkChange = z.infer<typeof bulkChange>;

const ids = z.array(id).min(1).max(5_000);

/** Part of watch's requests. */
export const bulkRequests = {
  bulk: {
    change: request({
      method: 'POST',
      path: '/watch/bulk/change',
      permission: 'watch.write',
      summary: 'Change many checks at once, all or none; the answer holds what undoes it',
      refusals: ['not_found', 'settings_invalid', 'address_forbidden', 'composite_circle'],
    })
      .input(z.object({ changes: z.array(bulkChange).min(1).max(5_000) }))
      .output(z.object({ changed: z.number().int(), undo: z.array(bulkChange) })),
    remove: request({
      method: 'POST',
      path: '/watch/bulk/remove',
      permission: 'watch.write',
      summary: 'Remove many checks with their measurements, all or none',
      refusals: ['not_found', 'needed_by_watch'],
    })
      .input(z.object({ ids }))
      .output(z.object({ removed: z.number().int() })),
    run: request({
      method: 'POST',
      path: '/watch/bulk/run',
      permission: 'watch.act',
      summary: 'Run many checks at once',
    })
      .input(z.object({ ids: z.array(id).min(1).max(500) }))
      .output(z.object({ ran: z.number().int() })),
  },
};
