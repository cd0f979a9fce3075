import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { alertRequests, state } from './alert.ts';
import { authorityRequests } from './authority.ts';
import { dashboardRequests } from './dashboard.ts';
import { availabilityRequests } from './availability.ts';
import { beatRequests } from './beat.ts';
import { bulkRequests } from './bulk.ts';
import { address, hostKind } from './estate.ts';
import { dependencyRequests } from './dependency-rehearsal.ts';
import { chartColumns, measuredColumns, measurementRequests } from './measurement.ts';
import { checkSettings, importance, profileRequests } from './profile.ts';
import { noiseRequests } from './noise.ts';
import { request } from './request.ts';
import { ruleRequests } from './rule.ts';
import { turnRequests } from './window-turn.ts';
import { id, line, listOf, namedThing, nothing, page, text, thingKind, thingRef, time } from './words.ts';

/** Watch: checks, their results and states, measurements, alerts and silences. */

/** What one result says by itself, before confirmation. */
export const verdict = z.enum(['up', 'degraded', 'down', 'unknown']);
export type Verdict = z.infer<typeof verdict>;

/** Settings of a check: an object whose form the kind's own schema gives. */
export const settings = checkSettings;

/** A kind of check, told in the reader's language; `settingsSchema` is JSON Schema 2020-12 whose titles and descriptions are in that language too. */
export const checkKind = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  manual: z.string(),
  settingsSchema: z.record(z.string(), z.unknown()),
  defaults: settings,
  /** How often it runs when nobody says otherwise. */
  intervalSeconds: z.number(),
  needsSsh: z.boolean(),
});

export const check = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  target: namedThing,
  /** The address that is checked, as the estate gives it. */
  address: z.string(),
  settings,
  intervalSeconds: z.number(),
  importance,
  paused: z.boolean(),
  state,
  since: time,
  flapping: z.boolean(),
  /** Set when unreachable: what is down. */
  because: namedThing.nullable(),
  silencedUntil: time.nullable(),
  /** The newest result told in a sentence of the reader's language. */
  summary: z.string(),
  lastResultAt: time.nullable(),
  nextAt: time.nullable(),
});
export type Check = z.infer<typeof check>;

export const result = z.object({
  at: time,
  verdict,
  summary: z.string(),
  output: z.string(),
  durationMs: z.number(),
  /** True for the quick re-checks that confirm a change. */
  confirming: z.boolean(),
});

export const stateChange = z.object({
  at: time,
  from: state,
  to: state,
  because: namedThing.nullable(),
  summary: z.string(),
});

/** A series of measurements of one check; unit is `ms`, `B`, `B/s`, `%`, `1`, `d`, `s` … */
export const series = z.object({
  id: z.number().int(),
  checkId: id,
  name: z.string(),
  label: z.string(),
  unit: z.string(),
  last: z.number().nullable(),
  lastAt: time.nullable(),
});

/** Measurements of one check as columns for a chart. */
export const chart = z.object({
  ...chartColumns,
  series: z.array(z.object({ id: z.number().int(), label: z.string(), unit: z.string(), ...measuredColumns })),
});

/** A check that "add by address" found answering, ready to be started as it stands. */
export const proposal = z.object({
  key: z.string().max(300),
  hostName: line(100),
  address,
  kind: z.string().max(50),
  name: line(200),
  why: z.string().max(500),
  settings,
  intervalSeconds: z.number().min(1).max(86_400),
  /** Whether it is ticked at first. */
  wanted: z.boolean(),
  /** The known host with that address, if any. */
  hostId: id.nullable(),
  hostKind: hostKind.default('server'),
});
export type Proposal = z.infer<typeof proposal>;

export const looking = z.discriminatedUnion('step', [
  z.object({ step: z.literal('looking'), done: z.number().int(), of: z.number().int(), at: z.string() }),
  z.object({ step: z.literal('proposal'), proposal }),
  z.object({
    step: z.literal('end'),
    found: z.number().int(),
    addresses: z.number().int(),
    /** What answers but is watched already, and is not proposed again. */
    watched: z.number().int(),
  }),
]);

const checkFields = {
  name: line(200),
  kind: line(50),
  target: thingRef,
  settings: settings.default({}),
  /** Left out, it is the kind's own. */
  intervalSeconds: z.number().min(1).max(86_400).optional(),
  importance: importance.default('normal'),
};

export const watch = {
  kinds: request({
    method: 'GET',
    path: '/watch/kinds',
    permission: 'watch.read',
    summary: 'The kinds of check, with their settings forms',
  })
    .input(nothing)
    .output(z.object({ items: z.array(checkKind) })),
  checks: {
    list: request({
      method: 'GET',
      path: '/watch/checks',
      permission: 'watch.read',
      summary: 'Everything watched, with its live state',
    })
      .input(
        z.object({
          ...page,
          limit: z.coerce.number().int().min(1).max(10_000).default(500),
          search: text(100).optional(),
          state: state.optional(),
          kind: z.string().max(50).optional(),
          thingKind: thingKind.optional(),
          thingId: id.optional(),
          /** Only these; a list that is on a screen renews the rows in sight by them. */
          ids: z.array(id).min(1).max(100).optional(),
          /** Only checks whose state or settings changed since then. */
          changedSince: time.optional(),
          /**
           * By thing and name; what is worst first, as a list begins; or as they were made, page by page the cheapest for
           * whoever wants them all.
           */
          order: z.enum(['name', 'worst', 'made']).default('name'),
        }),
      )
      .output(listOf(check)),
    counts: request({
      method: 'GET',
      path: '/watch/counts',
      permission: 'watch.read',
      summary: 'How many checks are in which state, and the proof that the watch itself works',
    })
      .input(nothing)
      .output(
        z.object({
          up: z.number().int(),
          degraded: z.number().int(),
          down: z.number().int(),
          unreachable: z.number().int(),
          unknown: z.number().int(),
          paused: z.number().int(),
          /** Results stored within the last minute. */
          resultsLastMinute: z.number().int(),
          lastResultAt: time.nullable(),
          /** How late the watch itself runs its checks, 95th percentile over the last minute. */
          latenessMs: z.number(),
          /** Its 99th percentile. */
          latenessP99Ms: z.number(),
          /** Healthy checks that run less often than planned, because there is too much to do. */
          slowed: z.number().int(),
        }),
      ),
    get: request({
      method: 'GET',
      path: '/watch/checks/{id}',
      permission: 'watch.read',
      summary: 'One check',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(check),
    create: request({
      method: 'POST',
      path: '/watch/checks',
      permission: 'watch.write',
      summary: 'Start a check',
      refusals: ['not_found', 'unknown_kind', 'settings_invalid', 'address_forbidden', 'only_own_host'],
    })
      .input(z.object(checkFields))
      .output(check),
    change: request({
      method: 'PATCH',
      path: '/watch/checks/{id}',
      permission: 'watch.write',
      summary: 'Change, pause or resume a check',
      refusals: ['not_found', 'settings_invalid', 'address_forbidden', 'composite_circle'],
    })
      .input(
        z.object({
          id,
          name: line(200).optional(),
          settings: settings.optional(),
          intervalSeconds: z.number().min(1).max(86_400).optional(),
          importance: importance.optional(),
          paused: z.boolean().optional(),
        }),
      )
      .output(check),
    remove: request({
      method: 'DELETE',
      path: '/watch/checks/{id}',
      permission: 'watch.write',
      summary: 'Remove a check and its measurements',
      refusals: ['not_found', 'needed_by_watch'],
    })
      .input(z.object({ id }))
      .output(nothing),
    runNow: request({
      method: 'POST',
      path: '/watch/checks/{id}/run',
      permission: 'watch.act',
      summary: 'Run a check at once',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(result),
    results: request({
      method: 'GET',
      path: '/watch/checks/{id}/results',
      permission: 'watch.read',
      summary: 'The last results, newest first',
      refusals: ['not_found'],
    })
      .input(z.object({ id, limit: z.coerce.number().int().min(1).max(500).default(50), before: time.optional() }))
      .output(z.object({ items: z.array(result) })),
    history: request({
      method: 'GET',
      path: '/watch/checks/{id}/history',
      permission: 'watch.read',
      summary: 'The changes of state, newest first',
      refusals: ['not_found'],
    })
      .input(z.object({ id, limit: z.coerce.number().int().min(1).max(500).default(50) }))
      .output(z.object({ items: z.array(stateChange) })),
    series: request({
      method: 'GET',
      path: '/watch/checks/{id}/series',
      permission: 'watch.read',
      summary: 'What a check measures',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(z.object({ items: z.array(series) })),
  },
  chart: request({
    method: 'GET',
    path: '/watch/chart',
    permission: 'watch.read',
    summary: 'Measurements as columns for a chart',
    refusals: ['not_found'],
  })
    .input(
      z.object({
        checkId: id,
        names: z.array(z.string().max(200)).max(20).optional(),
        from: time,
        until: time,
        points: z.coerce.number().int().min(10).max(2_000).default(300),
      }),
    )
    .output(chart),
  look: request({
    method: 'POST',
    path: '/watch/look',
    permission: 'watch.write',
    summary: 'Look at a name, an address, a URL or a small network, and propose checks as they are found',
    refusals: ['address_forbidden', 'address_not_found', 'network_too_large'],
    changes: false,
  })
    .input(z.object({ what: line(500) }))
    .output(eventIterator(looking)),
  start: request({
    method: 'POST',
    path: '/watch/start',
    permission: 'watch.write',
    summary: 'Start proposed checks; hosts that are not known yet are added to the estate',
    refusals: ['unknown_kind', 'settings_invalid', 'address_forbidden', 'only_own_host'],
  })
    .input(z.object({ proposals: z.array(proposal).min(1).max(2_000), siteId: id.nullable().default(null) }))
    .output(z.object({ checks: z.array(check), hostsAdded: z.number().int() })),
  ...alertRequests,
  ...authorityRequests,
  ...measurementRequests,
  ...dashboardRequests,
  ...ruleRequests,
  ...dependencyRequests,
  ...turnRequests,
  ...profileRequests,
  ...bulkRequests,
  ...availabilityRequests,
  ...beatRequests,
  ...noiseRequests,
};

const alertFact = z.object({
  alertId: id,
  checkId: id,
  checkName: z.string(),
  /** The kind of check, such as `http`: failures of one kind are alike. */
  checkKind: z.string(),
  target: namedThing,
  cause: namedThing,
  causeKey: z.string(),
  state,
  failingSince: time,
  /** The summary in both languages, since readers differ. */
  summary: z.object({ en: z.string(), fr: z.string() }),
});

export const watchFacts = {
  'watch.stateChanged': z.object({
    checkId: id,
    checkName: z.string(),
    target: namedThing,
    from: state,
    to: state,
    because: namedThing.nullable(),
    at: time,
  }),
  /** A confirmed failure that nothing above it explains. */
  'watch.alertRaised': alertFact.extend({ silenced: z.boolean() }),
  /**
   * What is told of an open alert changed: it got worse, it is no longer held back (`told`), or what it comes from was
   * found out only now (`joined`, with the new cause).
   */
  'watch.alertChanged': alertFact.extend({ silenced: z.boolean(), how: z.enum(['worsened', 'told', 'joined']) }),
  /** The check is well again (or gone: `removed`). `goodSince` is the first good result. */
  'watch.alertCleared': alertFact.extend({ goodSince: time, removed: z.boolean() }),
  /** A turn of a maintenance window is over, and all that it covered was looked at. */
  'watch.windowVerified': z.object({
    windowId: id,
    name: z.string(),
    from: time,
    until: time,
    checks: z.number().int(),
    /** What does not stand as before, the first ten by name. */
    worse: z.array(z.string()),
    worseCount: z.number().int(),
  }),
  /** The answer to upkeep.checkRequested and desk.proofWanted. */
  'watch.checksRan': z.object({
    requestId: id,
    outcomes: z.array(
      z.object({ checkId: id, checkName: z.string(), verdict, summary: z.object({ en: z.string(), fr: z.string() }) }),
    ),
  }),
};
