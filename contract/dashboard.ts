import { z } from 'zod';
import { state } from './alert.ts';
import { request } from './request.ts';
import { doer, id, line, nothing, text, thingRef, time } from './words.ts';

/** Watch's dashboards: widgets arranged by hand on twelve columns. */

const seriesId = z.number().int().min(1).max(2_147_483_647);
const title = z.string().trim().max(100).default('');
const period = z.enum(['15m', '1h', '6h', '24h', '7d', '30d', '90d', '1y']);
const level = z.number().min(-1e15).max(1e15).nullable().default(null);

/** What a widget shows. */
export const widgetContent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('chart'),
    title,
    series: z.array(seriesId).max(20),
    period: period.default('24h'),
    /** The 95th percentile as a line, the band from least to most, the same time before as a faint line. */
    percentile: z.boolean().default(false),
    band: z.boolean().default(false),
    compare: z.enum(['none', 'day', 'week', 'month']).default('none'),
  }),
  z.object({
    kind: z.literal('value'),
    title,
    series: seriesId.nullable().default(null),
    /** Limits from which it is coloured; `bad` says on which side. */
    bad: z.enum(['above', 'below']).default('above'),
    degraded: level,
    down: level,
  }),
  z.object({
    kind: z.literal('states'),
    title,
    search: text(100).default(''),
    states: z.array(state).max(5).default([]),
    target: thingRef.nullable().default(null),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  z.object({
    kind: z.literal('availability'),
    title,
    checks: z.array(id).max(20).default([]),
    days: z.number().int().min(1).max(366).default(30),
  }),
  z.object({ kind: z.literal('counts'), title }),
  z.object({ kind: z.literal('incidents'), title, limit: z.number().int().min(1).max(50).default(10) }),
  z.object({
    kind: z.literal('top'),
    title,
    /** Name of a measurement, such as `total` or `disk`. */
    name: z.string().trim().max(200).default(''),
    checkKind: z.string().trim().max(50).default(''),
    order: z.enum(['highest', 'lowest']).default('highest'),
    limit: z.number().int().min(1).max(50).default(10),
  }),
  z.object({ kind: z.literal('text'), title, text: text(5_000).default('') }),
  z.object({
    kind: z.literal('clock'),
    title,
    /** An IANA zone; empty for the reader's own. */
    zone: z.string().trim().max(60).default(''),
  }),
]);
export type WidgetContent = z.infer<typeof widgetContent>;

const place = {
  x: z.number().int().min(0).max(11),
  y: z.number().int().min(0).max(500),
  w: z.number().int().min(1).max(12),
  h: z.number().int().min(1).max(40),
};

/** A widget in its place; rows are as high as a line of text and a half. */
export const widget = z.object({ id, ...place, content: widgetContent });
export type Widget = z.infer<typeof widget>;

const widgets = z.array(widget).max(60);

export const dashboard = z.object({
  id,
  name: z.string(),
  owner: doer,
  shared: z.boolean(),
  /** Whether the one who asks may change it. */
  mine: z.boolean(),
  version: z.number().int(),
  changedAt: time,
  widgets,
});
export type Dashboard = z.infer<typeof dashboard>;

/** A series by the names that it has everywhere: ids are those of one installation. */
const portableSeries = z.object({
  id: seriesId,
  check: z.string().max(200),
  target: z.string().max(200),
  name: z.string().max(200),
});

/** A dashboard as a file. */
export const dashboardFile = z.object({
  vigieDashboard: z.literal(1),
  name: line(100),
  widgets,
  series: z.array(portableSeries).max(1_200),
});

/** Part of watch's requests. */
export const dashboardRequests = {
  dashboards: {
    list: request({
      method: 'GET',
      path: '/watch/dashboards',
      permission: 'watch.read',
      summary: 'Your dashboards and those that are shared',
    })
      .input(nothing)
      .output(z.object({ items: z.array(dashboard.omit({ widgets: true }).extend({ widgets: z.number().int() })) })),
    get: request({
      method: 'GET',
      path: '/watch/dashboards/{id}',
      permission: 'watch.read',
      summary: 'One dashboard',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(dashboard),
    create: request({
      method: 'POST',
      path: '/watch/dashboards',
      permission: 'watch.act',
      summary: 'Make a dashboard',
      refusals: ['dashboards_full'],
    })
      .input(z.object({ name: line(100), shared: z.boolean().default(false), widgets: widgets.default([]) }))
      .output(dashboard),
    change: request({
      method: 'PATCH',
      path: '/watch/dashboards/{id}',
      permission: 'watch.act',
      summary: 'Change a dashboard; an older version than the stored one is refused',
      refusals: ['not_found', 'not_yours', 'dashboard_changed'],
    })
      .input(
        z.object({
          id,
          version: z.number().int().min(1).optional(),
          name: line(100).optional(),
          shared: z.boolean().optional(),
          widgets: widgets.optional(),
        }),
      )
      .output(dashboard),
    remove: request({
      method: 'DELETE',
      path: '/watch/dashboards/{id}',
      permission: 'watch.act',
      summary: 'Remove a dashboard',
      refusals: ['not_found', 'not_yours'],
    })
      .input(z.object({ id }))
      .output(nothing),
    duplicate: request({
      method: 'POST',
      path: '/watch/dashboards/{id}/duplicate',
      permission: 'watch.act',
      summary: 'Make a private copy of a dashboard',
      refusals: ['not_found', 'dashboards_full'],
    })
      .input(z.object({ id, name: line(100) }))
      .output(dashboard),
    export: request({
      method: 'GET',
      path: '/watch/dashboards/{id}/file',
      permission: 'watch.read',
      summary: 'A dashboard as a file, with the names of what it shows',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(dashboardFile),
    import: request({
      method: 'POST',
      path: '/watch/dashboards/import',
      permission: 'watch.act',
      summary: 'Make a dashboard from a file; what is not known here is left out and counted',
      refusals: ['dashboards_full'],
    })
      .input(dashboardFile)
      .output(z.object({ dashboard, missing: z.number().int() })),
  },
};
