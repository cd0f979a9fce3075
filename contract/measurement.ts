import { z } from 'zod';
import { request } from './request.ts';
import { id, language, line, listOf, nothing, page, text, thingKind, time } from './words.ts';

/** Watch's measurements over time: charts, export, how long they are kept, and where they are sent on to. */

const column = z.array(z.number().nullable());

/** A place for each time; null where nothing was measured, which is not zero. */
export const measuredColumns = {
  mean: column,
  min: column,
  max: column,
  /**
   * 95th percentile, nearest rank: exact where a step is made of samples or of one stored point. Where it joins several
   * points it is the largest of theirs, which the true one never exceeds. Null where it is not known.
   */
  p95: column,
};

/** Something that happened meanwhile; `until` is set for what lasts. */
export const chartMark = z.object({
  /** Epoch seconds. */
  at: z.number(),
  until: z.number().nullable(),
  kind: z.enum(['down', 'degraded', 'up', 'incident', 'run', 'maintenance', 'anomaly']),
  label: z.string(),
  /** The ticket, the run or the anomaly. */
  id: id.nullable(),
  /** Of an anomaly: the series that is odd. All other marks are about the check as a whole. */
  seriesId: z.number().int().optional(),
});
export type ChartMark = z.infer<typeof chartMark>;

/** What a chart was made of: samples, stored points, or the store that measurements are sent on to. */
export const chartSource = z.enum(['raw', 'five_minutes', 'hours', 'days', 'remote']);
export type ChartSource = z.infer<typeof chartSource>;

/** Times in epoch seconds; steps are multiples of their length since 1970, so days are those of UTC. */
export const chartColumns = {
  stepSeconds: z.number(),
  source: chartSource,
  times: z.array(z.number()),
  marks: z.array(chartMark),
};

const seriesId = z.coerce.number().int().min(1).max(2_147_483_647);
const seriesIds = z.array(seriesId).min(1).max(20);

/** A series with the check that it belongs to, for choosing. */
export const knownSeries = z.object({
  id: z.number().int(),
  checkId: id,
  checkName: z.string(),
  targetName: z.string(),
  name: z.string(),
  label: z.string(),
  unit: z.string(),
  /** The newest value, null when the last run did not measure it. */
  last: z.number().nullable(),
  lastAt: time.nullable(),
});
export type KnownSeries = z.infer<typeof knownSeries>;

/** Series of any checks as columns of one chart. */
export const seriesChart = z.object({
  ...chartColumns,
  series: z.array(
    z.object({
      id: z.number().int(),
      checkId: id,
      checkName: z.string(),
      targetName: z.string(),
      label: z.string(),
      unit: z.string(),
      ...measuredColumns,
    }),
  ),
});

/** For how many days measurements are kept, the finest first; each is kept at least as long as the one before it. */
export const retention = z.object({
  rawDays: z.number().int().min(1).max(400),
  fiveMinuteDays: z.number().int().min(1).max(1_500),
  hourDays: z.number().int().min(1).max(4_000),
  dayDays: z.number().int().min(30).max(36_500),
});

const keeping = retention.extend({
  /** What is on the disk now, indexes included; `open` is what is not packed yet. */
  sizes: z.array(
    z.object({
      of: z.enum(['open', 'raw', 'five_minutes', 'hours', 'days']),
      bytes: z.number(),
      since: time.nullable(),
    }),
  ),
  /** Days before this are rolled up. */
  rolledUntil: time.nullable(),
});

const label = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/u);

/** Where measurements are sent on to by Prometheus remote write 1.0, and how that goes. */
export const remoteWrite = z.object({
  active: z.boolean(),
  writeUrl: z.string(),
  /** Where old measurements are read back from (Prometheus query API); empty for nowhere. */
  queryUrl: z.string(),
  /** Charts of what Vigie itself keeps no longer are drawn from there. */
  readBack: z.boolean(),
  userName: z.string(),
  hasSecret: z.boolean(),
  labels: z.record(label, z.string().max(200)),
  /** Kinds of check whose measurements are sent; none means all. */
  kinds: z.array(z.string()),
  specialAllowed: z.boolean(),
  sentUntil: time,
  sent: z.number(),
  /** What the receiver would not have, ever: it is not sent again. */
  refused: z.number(),
  lastSentAt: time.nullable(),
  failingSince: time.nullable(),
  lastError: z.string().nullable(),
  nextTryAt: time.nullable(),
});

const remoteWriteInput = z.object({
  active: z.boolean().default(true),
  writeUrl: line(500),
  queryUrl: z.string().trim().max(500).default(''),
  readBack: z.boolean().default(false),
  /** With a name the secret is a password (Basic); without one it is a bearer token. */
  userName: z.string().trim().max(200).default(''),
  /** Left out, the one that is stored stays; empty, it is removed. */
  secret: text(4_000).optional(),
  labels: z
    .record(label, z.string().max(200))
    .refine((labels) => Object.keys(labels).length <= 20, { params: { reason: 'few_labels' } })
    .default({}),
  kinds: z.array(line(50)).max(100).default([]),
  /** This machine, its links: an administrator's leave, as for checks. */
  specialAllowed: z.boolean().default(false),
});

const remoteRequests = {
  get: request({
    method: 'GET',
    path: '/watch/remote-write',
    permission: 'watch.read',
    summary: 'Where measurements are sent on to, and how that goes',
  })
    .input(nothing)
    .output(z.object({ remote: remoteWrite.nullable() })),
  set: request({
    method: 'PUT',
    path: '/watch/remote-write',
    permission: 'watch.settings',
    summary: 'Send measurements on to a store that takes Prometheus remote write',
    refusals: ['address_forbidden'],
  })
    .input(remoteWriteInput)
    .output(z.object({ remote: remoteWrite.nullable() })),
  remove: request({
    method: 'DELETE',
    path: '/watch/remote-write',
    permission: 'watch.settings',
    summary: 'Send measurements on no more, and forget how far it was',
  })
    .input(nothing)
    .output(nothing),
};

/** Part of watch's requests. */
export const measurementRequests = {
  measurements: {
    series: request({
      method: 'GET',
      path: '/watch/measurements/series',
      permission: 'watch.read',
      summary: 'All that is measured, by check',
    })
      .input(
        z.object({
          ...page,
          search: text(100).optional(),
          checkId: id.optional(),
          thingKind: thingKind.optional(),
          thingId: id.optional(),
          /** Only measurements of that name, such as `total` or `disk`, whatever the instance. */
          name: z.string().max(200).optional(),
          ids: z.array(seriesId).max(200).optional(),
        }),
      )
      .output(listOf(knownSeries)),
    top: request({
      method: 'GET',
      path: '/watch/measurements/top',
      permission: 'watch.read',
      summary: 'The highest or lowest newest values of one measurement',
    })
      .input(
        z.object({
          name: line(200),
          kind: z.string().max(50).optional(),
          order: z.enum(['highest', 'lowest']).default('highest'),
          limit: z.coerce.number().int().min(1).max(50).default(10),
        }),
      )
      .output(z.object({ items: z.array(knownSeries) })),
    names: request({
      method: 'GET',
      path: '/watch/measurements/names',
      permission: 'watch.read',
      summary: 'The names of what is measured, with how many checks measure it',
    })
      .input(nothing)
      .output(
        z.object({
          items: z.array(
            z.object({
              kind: z.string(),
              name: z.string(),
              label: z.string(),
              unit: z.string(),
              checks: z.number().int(),
            }),
          ),
        }),
      ),
    chart: request({
      method: 'GET',
      path: '/watch/measurements/chart',
      permission: 'watch.read',
      summary: 'Series of any checks as columns for one chart',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          series: seriesIds,
          from: time,
          until: time,
          points: z.coerce.number().int().min(10).max(2_000).default(300),
        }),
      )
      .output(seriesChart),
    csv: request({
      method: 'GET',
      path: '/watch/measurements/csv',
      permission: 'watch.read',
      summary: 'Series of a period as a table of comma or semicolon separated values',
      refusals: ['not_found', 'export_too_long'],
    })
      .input(
        z.object({
          series: seriesIds,
          from: time,
          until: time,
          separator: z.enum(['comma', 'semicolon']).default('comma'),
          language: language.optional(),
        }),
      )
      .output(z.file()),
  },
  retention: {
    get: request({
      method: 'GET',
      path: '/watch/retention',
      permission: 'watch.read',
      summary: 'For how long measurements are kept, and what room they take',
    })
      .input(nothing)
      .output(keeping),
    set: request({
      method: 'PUT',
      path: '/watch/retention',
      permission: 'watch.settings',
      summary: 'Set for how long measurements are kept',
    })
      .input(
        retention.refine(
          ({ rawDays, fiveMinuteDays, hourDays, dayDays }) =>
            rawDays <= fiveMinuteDays && fiveMinuteDays <= hourDays && hourDays <= dayDays,
          { params: { reason: 'finest_shortest' } },
        ),
      )
      .output(keeping),
  },
  remoteWrite: remoteRequests,
  metricsDoor: {
    get: request({
      method: 'GET',
      path: '/watch/metrics-door',
      permission: 'watch.read',
      summary: 'Whether /metrics asks for a token',
    })
      .input(nothing)
      .output(z.object({ closed: z.boolean() })),
    set: request({
      method: 'PUT',
      path: '/watch/metrics-door',
      permission: 'watch.settings',
      summary: 'Let /metrics ask for a new token, which is shown this once, or for none',
    })
      .input(z.object({ closed: z.boolean() }))
      .output(z.object({ closed: z.boolean(), token: z.string().nullable() })),
  },
};
