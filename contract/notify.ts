import { z } from 'zod';
import { priority } from './desk.ts';
import { routeRequests } from './notify-routes.ts';
import { request } from './request.ts';
import { id, language, line, listOf, nothing, page, text, time } from './words.ts';

/** Notify: who is told what, by which channel, once; with a log of every delivery. */

export const channelKindName = z.enum([
  'mail',
  'webhook',
  'slack',
  'teams',
  'mattermost',
  'discord',
  'telegram',
  'ntfy',
  'gotify',
  'pushover',
  'pagerduty',
  'opsgenie',
  'sms',
  'apprise',
]);
export type ChannelKindName = z.infer<typeof channelKindName>;

/** A kind of channel, told in the reader's language. */
export const channelKind = z.object({
  name: channelKindName,
  title: z.string(),
  summary: z.string(),
  /** JSON Schema 2020-12 of the settings; `writeOnly` marks secrets. */
  settingsSchema: z.record(z.string(), z.unknown()),
  /** Whether everybody who works in Vigie may have an own channel of it. */
  forEverybody: z.boolean(),
  /** Whether many notices may become one message; a service that keeps a state for each incident needs each. */
  digests: z.boolean(),
});
export type ChannelKind = z.infer<typeof channelKind>;

const settings = z.record(z.string().max(100), z.unknown());
const deliveryState = z.enum(['waiting', 'delivered', 'failed', 'held']);

/** Where notices go. Mail to a person's address needs no channel of its own: it uses the mail server's settings. */
export const channel = z.object({
  id,
  name: z.string(),
  kind: channelKindName,
  /** Where it leads, as it may be shown. */
  destination: z.string(),
  /** As its kind's schema words them; in place of a secret stand eight dots. */
  settings,
  language,
  personId: id.nullable(),
  /** Made by its person for themselves. */
  own: z.boolean(),
  active: z.boolean(),
  /** Told of every incident of that priority, without any route. */
  everything: z.boolean(),
  /** Least priority of an incident for which it is used. */
  from: priority,
  /** Minutes between reminders of an incident that nobody has acknowledged; 0 = none. */
  reminderMinutes: z.number().int(),
  /** Of a person's channels: tried so long after the first, while nobody has taken the incident. */
  afterMinutes: z.number().int(),
  /** When more notices than this come within `stormMinutes`, they become one message. */
  stormNotices: z.number().int(),
  stormMinutes: z.number().int(),
  lastDelivery: z.object({ at: time, state: deliveryState }).nullable(),
});
export type Channel = z.infer<typeof channel>;

export const about = z.enum([
  'opened',
  'reminder',
  'solved',
  'resolved',
  'acknowledged',
  'test',
  'approval',
  /** A run that somebody was asked to approve waits no more: for services that keep a state. */
  'decided',
  /** Nobody was to be told. */
  'unrouted',
  /** Told by this incident in place of others: what cannot be reached because of it, what our own line hides. */
  'joined',
  /** Somebody takes a shift for somebody else. */
  'cover',
  /** A promised time of a ticket runs out, or is over. */
  'promise',
  /** Somebody was named in a ticket. */
  'mention',
]);

export const delivery = z.object({
  id,
  at: time,
  /** Null where nobody was to be told. */
  channel: z.object({ id, name: z.string(), kind: channelKindName }).nullable(),
  about,
  ticketId: id.nullable(),
  subject: z.string(),
  state: deliveryState,
  attempts: z.number().int(),
  /** The server's answer, or why it was held or failed. */
  answer: z.string(),
  /** Why this channel: the route, the policy's step, the rota. */
  because: z.array(z.string()),
  /** The notice in whose message it was told, when many were told in one. */
  toldIn: id.nullable(),
  deliveredAt: time.nullable(),
});
export type Delivery = z.infer<typeof delivery>;

export const mailServer = z.object({
  host: z.string(),
  port: z.number().int(),
  security: z.enum(['none', 'starttls', 'tls']),
  user: z.string(),
  hasPassword: z.boolean(),
  from: z.string(),
  /** Certificate of a private authority, PEM; empty: those the system trusts. */
  caPem: z.string(),
});

/** Which notices of the log. */
const deliveryFilter = {
  ticketId: id.optional(),
  channelId: id.optional(),
  /** To this person's channels. */
  personId: id.optional(),
  state: deliveryState.optional(),
  about: about.optional(),
  search: text(100).optional(),
  from: time.optional(),
  until: time.optional(),
};

const minutes = z.number().int().min(0).max(1_440);
const channelFields = {
  name: line(100),
  kind: channelKindName,
  settings,
  language,
  personId: id.nullable().default(null),
  /** For oneself, whatever `personId` says. */
  own: z.boolean().default(false),
  active: z.boolean().default(true),
  everything: z.boolean().default(true),
  from: priority.default('low'),
  reminderMinutes: minutes.default(30),
  afterMinutes: minutes.default(0),
  stormNotices: z.number().int().min(1).max(1_000).default(6),
  stormMinutes: z.number().int().min(1).max(1_440).default(5),
};
export const notify = {
  kinds: request({
    method: 'GET',
    path: '/notify/kinds',
    permission: 'notify.read',
    summary: 'The kinds of channel, with their settings forms',
  })
    .input(nothing)
    .output(z.object({ items: z.array(channelKind) })),
  channels: {
    list: request({ method: 'GET', path: '/notify/channels', permission: 'notify.read', summary: 'Where notices go' })
      .input(nothing)
      .output(z.object({ items: z.array(channel) })),
    create: request({
      method: 'POST',
      path: '/notify/channels',
      permission: 'notify.own',
      summary: 'Add a channel',
      refusals: ['name_taken', 'address_forbidden', 'not_found', 'settings_invalid'],
    })
      .input(z.object(channelFields))
      .output(channel),
    change: request({
      method: 'PATCH',
      path: '/notify/channels/{id}',
      permission: 'notify.own',
      summary: 'Change a channel',
      refusals: ['not_found', 'name_taken', 'address_forbidden', 'settings_invalid'],
    })
      .input(
        z.object({
          id,
          name: channelFields.name.optional(),
          settings: settings.optional(),
          language: language.optional(),
          active: channelFields.active.unwrap().optional(),
          everything: channelFields.everything.unwrap().optional(),
          from: priority.optional(),
          reminderMinutes: minutes.optional(),
          afterMinutes: minutes.optional(),
          stormNotices: channelFields.stormNotices.unwrap().optional(),
          stormMinutes: channelFields.stormMinutes.unwrap().optional(),
        }),
      )
      .output(channel),
    remove: request({
      method: 'DELETE',
      path: '/notify/channels/{id}',
      permission: 'notify.own',
      summary: 'Remove a channel',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
    test: request({
      method: 'POST',
      path: '/notify/channels/{id}/test',
      permission: 'notify.own',
      summary: 'Send a test notice now',
      refusals: ['not_found', 'channel_failed'],
    })
      .input(z.object({ id }))
      .output(delivery),
  },
  mailServer: {
    get: request({
      method: 'GET',
      path: '/notify/mail-server',
      permission: 'notify.read',
      summary: 'The outgoing mail server',
    })
      .input(nothing)
      .output(mailServer.nullable()),
    set: request({
      method: 'PUT',
      path: '/notify/mail-server',
      permission: 'notify.write',
      summary: 'Set the outgoing mail server',
    })
      .input(
        z.object({
          host: line(253),
          port: z.number().int().min(1).max(65_535),
          security: z.enum(['none', 'starttls', 'tls']),
          user: text(254).default(''),
          /** Left out: the stored one stays. */
          password: z.string().max(500).optional(),
          from: z.email().max(254),
          caPem: text(20_000).default(''),
        }),
      )
      .output(mailServer),
  },
  deliveries: request({
    method: 'GET',
    path: '/notify/deliveries',
    permission: 'notify.read',
    summary: 'Every notice: sent, waiting, failed or held, and why',
  })
    .input(z.object({ ...page, ...deliveryFilter }))
    .output(listOf(delivery)),
  deliveriesCsv: request({
    method: 'GET',
    path: '/notify/deliveries/csv',
    permission: 'notify.read',
    summary: 'The log of notices as CSV, newest first',
  })
    .input(
      z.object({
        ...deliveryFilter,
        separator: z.enum(['comma', 'semicolon']).default('comma'),
        language: language.optional(),
      }),
    )
    .output(z.file()),
  /** What failed or waits is tried as soon as can be; what was delivered is not sent again, what is held has its reason. */
  retry: request({
    method: 'POST',
    path: '/notify/deliveries/{id}/retry',
    permission: 'notify.write',
    summary: 'Try to send a notice again now',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ id }))
    .output(delivery),
  ...routeRequests,
};

export const notifyFacts = {
  'notify.delivered': z.object({
    deliveryId: id,
    ticketId: id.nullable(),
    channel: z.string(),
    about,
  }),
};
