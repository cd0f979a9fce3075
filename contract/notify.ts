import { z } from 'zod';
import { request } from './request.ts';
import { id, language, line, listOf, nothing, page, text, time } from './words.ts';

/** Notify: who is told what, by which channel, once; with a log of every delivery. */

/** Where notices go. Mail to a person's address needs no channel of its own: it uses the mail server's settings. */
export const channel = z.object({
  id,
  name: z.string(),
  kind: z.enum(['mail', 'webhook']),
  /** For mail an address, for a webhook a URL (its secret path is masked after saving). */
  destination: z.string(),
  language,
  personId: id.nullable(),
  active: z.boolean(),
  /** Least priority of an incident for which it is used. */
  from: z.enum(['low', 'normal', 'high', 'critical']),
  /** Minutes between reminders of an incident that nobody has acknowledged; 0 = none. */
  reminderMinutes: z.number().int(),
  lastDelivery: z.object({ at: time, state: z.enum(['waiting', 'delivered', 'failed', 'held']) }).nullable(),
});
export type Channel = z.infer<typeof channel>;

export const delivery = z.object({
  id,
  at: time,
  channel: z.object({ id, name: z.string(), kind: z.enum(['mail', 'webhook']) }),
  about: z.enum(['opened', 'reminder', 'solved', 'resolved', 'test', 'approval']),
  ticketId: id.nullable(),
  subject: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed', 'held']),
  attempts: z.number().int(),
  /** The server's answer, or why it was held or failed. */
  answer: z.string(),
  deliveredAt: time.nullable(),
});

export const mailServer = z.object({
  host: z.string(),
  port: z.number().int(),
  security: z.enum(['none', 'starttls', 'tls']),
  user: z.string(),
  hasPassword: z.boolean(),
  from: z.string(),
});

const destination = z.string().trim().min(3).max(2_000);
const channelFields = {
  name: line(100),
  kind: z.enum(['mail', 'webhook']),
  destination,
  language,
  personId: id.nullable().default(null),
  active: z.boolean().default(true),
  from: z.enum(['low', 'normal', 'high', 'critical']).default('low'),
  reminderMinutes: z.number().int().min(0).max(1_440).default(30),
};

export const notify = {
  channels: {
    list: request({ method: 'GET', path: '/notify/channels', permission: 'notify.read', summary: 'Where notices go' })
      .input(nothing)
      .output(z.object({ items: z.array(channel) })),
    create: request({
      method: 'POST',
      path: '/notify/channels',
      permission: 'notify.write',
      summary: 'Add a channel',
      refusals: ['name_taken', 'address_forbidden', 'not_found'],
    })
      .input(z.object(channelFields))
      .output(channel),
    change: request({
      method: 'PATCH',
      path: '/notify/channels/{id}',
      permission: 'notify.write',
      summary: 'Change a channel',
      refusals: ['not_found', 'name_taken', 'address_forbidden'],
    })
      .input(
        z.object({
          id,
          name: line(100).optional(),
          destination: destination.optional(),
          language: language.optional(),
          active: z.boolean().optional(),
          from: channelFields.from.unwrap().optional(),
          reminderMinutes: z.number().int().min(0).max(1_440).optional(),
        }),
      )
      .output(channel),
    remove: request({
      method: 'DELETE',
      path: '/notify/channels/{id}',
      permission: 'notify.write',
      summary: 'Remove a channel',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
    test: request({
      method: 'POST',
      path: '/notify/channels/{id}/test',
      permission: 'notify.write',
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
    .input(z.object({ ...page, ticketId: id.optional(), channelId: id.optional() }))
    .output(listOf(delivery)),
};

export const notifyFacts = {
  'notify.delivered': z.object({
    deliveryId: id,
    ticketId: id.nullable(),
    channel: z.string(),
    about: delivery.shape.about,
  }),
};
