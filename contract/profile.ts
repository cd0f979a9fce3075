import { z } from 'zod';
import { hostKind } from './estate.ts';
import { request } from './request.ts';
import { rules, sensitivity } from './rule.ts';
import { id, line, namedThing, nothing, text, thingKind, thingRef, time } from './words.ts';

/** Watch's profiles: the checks that a kind of equipment wants, written once and inherited by every host they are given to. */

/** Settings of a check: an object whose form the kind's own schema gives. */
export const checkSettings = z.record(z.string().max(100), z.unknown());

/** How much a check matters when there is too much to do: healthy ones of low importance are slowed first, high ones never. */
export const importance = z.enum(['low', 'normal', 'high']);
export type Importance = z.infer<typeof importance>;

const itemFields = {
  name: line(200),
  kind: line(50),
  settings: checkSettings.default({}),
  /** Left out, it is the kind's own. */
  intervalSeconds: z.number().min(1).max(86_400).optional(),
  rules: rules.default([]),
  sensitivity: sensitivity.prefault({}),
  importance: importance.default('normal'),
};

/** One check of a profile, told. */
export const profileItem = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  settings: checkSettings,
  intervalSeconds: z.number(),
  rules,
  sensitivity,
  importance,
});
export type ProfileItem = z.infer<typeof profileItem>;

export const profile = z.object({
  id,
  name: z.string(),
  summary: z.string(),
  /** The kinds of host it is meant for; it may be given to others too. */
  equipment: z.array(hostKind),
  /** Profiles whose checks come with it. */
  includes: z.array(z.object({ id, name: z.string() })),
  items: z.array(profileItem),
  /** How many things it was given to. */
  uses: z.number().int(),
  changedAt: time,
});
export type Profile = z.infer<typeof profile>;

const profileFields = {
  name: line(100),
  summary: text(500).default(''),
  equipment: z.array(hostKind).max(20).default([]),
  includes: z.array(id).max(20).default([]),
};

/** Where a profile could not be followed, and why, in the reader's language. */
const skipped = z.object({ thing: namedThing, why: z.string() });

/** What a change of a profile led to among the checks that inherit from it. */
const followed = z.object({
  changed: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  skipped: z.array(skipped),
});

/** A profile ready to be made, told in the reader's language. */
const starter = z.object({
  key: z.string(),
  name: z.string(),
  summary: z.string(),
  equipment: z.array(hostKind),
  items: z.array(
    z.object({ name: z.string(), kind: z.string(), settings: checkSettings, intervalSeconds: z.number(), rules }),
  ),
});

const things = z.array(thingRef).min(1).max(1_000);

/** Part of watch's requests. */
export const profileRequests = {
  profiles: {
    list: request({
      method: 'GET',
      path: '/watch/profiles',
      permission: 'watch.read',
      summary: 'Profiles: the checks that a kind of equipment wants',
    })
      .input(nothing)
      .output(z.object({ items: z.array(profile) })),
    starters: request({
      method: 'GET',
      path: '/watch/profile-starters',
      permission: 'watch.read',
      summary: 'Profiles to begin with',
    })
      .input(nothing)
      .output(z.object({ items: z.array(starter) })),
    get: request({
      method: 'GET',
      path: '/watch/profiles/{id}',
      permission: 'watch.read',
      summary: 'One profile',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(profile),
    create: request({
      method: 'POST',
      path: '/watch/profiles',
      permission: 'watch.write',
      summary: 'Make a profile',
      refusals: ['not_found', 'name_taken', 'unknown_kind', 'settings_invalid', 'dependency_circle'],
    })
      .input(z.object({ ...profileFields, items: z.array(z.object(itemFields)).max(100).default([]) }))
      .output(profile),
    change: request({
      method: 'PATCH',
      path: '/watch/profiles/{id}',
      permission: 'watch.write',
      summary: 'Change a profile; checks that inherit from it follow, but for what they hold of their own',
      refusals: ['not_found', 'name_taken', 'unknown_kind', 'settings_invalid', 'dependency_circle'],
    })
      .input(
        z.object({
          id,
          name: line(100).optional(),
          summary: text(500).optional(),
          equipment: z.array(hostKind).max(20).optional(),
          includes: z.array(id).max(20).optional(),
          /** The whole list: what is left out is gone. A known id changes that item. */
          items: z
            .array(z.object({ id: id.optional(), ...itemFields }))
            .max(100)
            .optional(),
          /** What becomes of the checks of items that are gone: removed, or kept as checks of their own. */
          removeChecks: z.boolean().default(false),
        }),
      )
      .output(z.object({ profile, followed })),
    remove: request({
      method: 'DELETE',
      path: '/watch/profiles/{id}',
      permission: 'watch.write',
      summary: 'Remove a profile; its checks are removed too, or stay as checks of their own',
      refusals: ['not_found', 'still_used'],
    })
      .input(z.object({ id, removeChecks: z.stringbool().default(false) }))
      .output(z.object({ removed: z.number().int() })),
    uses: request({
      method: 'GET',
      path: '/watch/profiles/{id}/uses',
      permission: 'watch.read',
      summary: 'The things a profile was given to',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(z.object({ items: z.array(namedThing) })),
    apply: request({
      method: 'POST',
      path: '/watch/profiles/{id}/uses',
      permission: 'watch.write',
      summary: 'Give a profile to hosts and services: checks that are missing there are started',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          id,
          things,
          preview: z.boolean().default(false),
          /** The secrets of its checks once more: who is no administrator takes them to a thing with them in hand. */
          secrets: z
            .array(z.object({ item: id, field: line(100), value: text(20_000) }))
            .max(50)
            .default([]),
        }),
      )
      .output(
        z.object({
          things: z.array(
            z.object({
              thing: namedThing,
              adds: z.array(z.string()),
              /** Checks that were there already just so, and inherit from now on. */
              adopts: z.array(z.string()),
              skipped: z.string().nullable(),
            }),
          ),
        }),
      ),
    withdraw: request({
      method: 'POST',
      path: '/watch/profiles/{id}/withdrawals',
      permission: 'watch.write',
      summary: 'Take a profile away from things; its checks there are removed, or stay as checks of their own',
      refusals: ['not_found'],
    })
      .input(z.object({ id, things, removeChecks: z.boolean().default(false) }))
      .output(z.object({ removed: z.number().int() })),
    ofThing: request({
      method: 'GET',
      path: '/watch/things/{kind}/{id}/profiles',
      permission: 'watch.read',
      summary: 'The profiles that a thing was given',
    })
      .input(z.object({ kind: thingKind, id }))
      .output(z.object({ items: z.array(z.object({ id, name: z.string() })) })),
    ofCheck: request({
      method: 'GET',
      path: '/watch/checks/{id}/profile',
      permission: 'watch.read',
      summary: 'What a check inherits from its profile, and what it holds of its own',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(
        z.object({
          /** Null when the check is on its own. */
          inherited: z
            .object({
              profile: z.object({ id, name: z.string() }),
              /** `name`, `intervalSeconds`, `rules`, `sensitivity`, `settings.port` …; secrets as dots. */
              fields: z.array(z.object({ path: z.string(), own: z.boolean(), value: z.unknown() })),
            })
            .nullable(),
        }),
      ),
    inherit: request({
      method: 'POST',
      path: '/watch/checks/{id}/inherit',
      permission: 'watch.write',
      summary: 'Take fields of a check back from its profile',
      refusals: ['not_found', 'address_forbidden', 'settings_invalid', 'composite_circle'],
    })
      .input(z.object({ id, paths: z.array(z.string().max(150)).min(1).max(200) }))
      .output(nothing),
  },
};
