import { z } from 'zod';

/**
 * The closed list of refusals: what Vigie may answer instead of doing what was asked, each with its HTTP status.
 * Its sentences stand in texts/en/refusals.ts and texts/fr/refusals.ts. Anything that is not on this list is a bug.
 */
export const refusals = {
  bad_input: 400,
  not_json: 400,
  signed_out: 401,
  wrong_password: 401,
  link_used: 410,
  forbidden: 403,
  foreign_origin: 403,
  not_found: 404,
  too_large: 413,
  too_many_attempts: 429,
  busy: 503,
  storage_full: 507,
  // people
  already_welcomed: 409,
  mail_taken: 409,
  last_administrator: 409,
  unknown_region: 422,
  ends_before: 422,
  not_yours: 403,
  // estate
  name_taken: 409,
  dependency_circle: 409,
  still_used: 409,
  // watch
  unknown_kind: 422,
  composite_circle: 409,
  needed_by_watch: 409,
  nothing_failing: 409,
  no_open_ticket: 409,
  settings_invalid: 422,
  secret_again: 422,
  only_own_host: 422,
  address_forbidden: 403,
  address_not_found: 422,
  network_too_large: 422,
  ssh_access_missing: 409,
  dashboard_changed: 409,
  dashboards_full: 409,
  export_too_long: 422,
  too_many_tags: 422,
  // upkeep
  not_in_this_state: 409,
  own_approval: 403,
  changed_since_approval: 409,
  host_key_unknown: 409,
  host_key_changed: 409,
  host_unreachable: 502,
  key_unreadable: 422,
  parameter_missing: 422,
  time_zone_unknown: 422,
  window_over: 409,
  // desk
  already_resolved: 409,
  move_not_legal: 409,
  reason_missing: 422,
  ticket_circle: 409,
  cause_is_open: 409,
  not_a_change: 409,
  undo_too_late: 409,
  too_many_tickets: 422,
  desk_full: 409,
  // notify
  channel_failed: 502,
} as const;
export type RefusalCode = keyof typeof refusals;

/** One field of a refused input: where it is (JSON pointer without the leading slash, dots between) and what to type instead. */
export const fieldFault = z.object({ path: z.string(), message: z.string() });
export type FieldFault = z.infer<typeof fieldFault>;

/** What a refusal looks like to a client, whatever the request. `message` is in the reader's language. */
export const refusalBody = z.object({
  defined: z.boolean().optional(),
  code: z.string(),
  status: z.number().int(),
  message: z.string(),
  data: z
    .object({ fields: z.array(fieldFault).optional(), reference: z.string().optional() })
    .loose()
    .optional(),
});
export type RefusalBody = z.infer<typeof refusalBody>;
