import { z } from 'zod';
import { onCallRequests } from './on-call.ts';
import { permissions, role } from './permission.ts';
import { request } from './request.ts';
import { doer, id, language, line, listOf, nothing, page, text, time } from './words.ts';

/** People: who signs in, with which role, and what each of them did (the audit trail). */

export const password = z.string().min(10).max(200);
export const mailAddress = z.email().max(254);

export const person = z.object({
  id,
  name: z.string(),
  mail: z.string(),
  role,
  language,
  active: z.boolean(),
  createdAt: time,
  lastSeenAt: time.nullable(),
});
export type Person = z.infer<typeof person>;

export const me = z.object({ person, permissions: z.array(z.enum(permissions)) });
export type Me = z.infer<typeof me>;

/** A session as the sign-in gives it: browsers keep it in a cookie, others send `token` as a bearer. */
export const session = me.extend({ token: z.string() });

export const apiToken = z.object({ id, name: z.string(), createdAt: time, lastUsedAt: time.nullable() });

/** One line of the audit trail; `hash` covers the line and the hash before it. */
export const auditLine = z.object({
  sequence: z.number().int(),
  at: time,
  who: doer,
  request: z.string(),
  outcome: z.string(),
  subject: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type AuditLine = z.infer<typeof auditLine>;

/** Whether a hash chain holds; `brokenAt` is the sequence of the first line that does not fit. */
export const chainState = z.object({
  holds: z.boolean(),
  length: z.number().int(),
  brokenAt: z.number().int().nullable(),
});

export const people = {
  welcome: {
    get: request({
      method: 'GET',
      path: '/people/welcome',
      permission: 'public',
      summary: 'Whether the first administrator is still to be created',
    })
      .input(nothing)
      .output(z.object({ needed: z.boolean() })),
    accept: request({
      method: 'POST',
      path: '/people/welcome',
      permission: 'public',
      summary: 'Create the first administrator with the one-time link, and sign in',
      refusals: ['already_welcomed', 'link_used'],
    })
      .input(z.object({ token: z.string().max(200), name: line(100), mail: mailAddress, password, language }))
      .output(session),
  },
  session: {
    start: request({
      method: 'POST',
      path: '/people/session',
      permission: 'public',
      summary: 'Sign in',
      refusals: ['wrong_password', 'too_many_attempts'],
    })
      .input(z.object({ mail: z.string().max(254), password: z.string().max(200) }))
      .output(session),
    askLink: request({
      method: 'POST',
      path: '/people/session/links',
      permission: 'public',
      summary: 'Have a link sent by mail that signs a requester in once; the answer is the same whether one is sent',
      refusals: ['too_many_attempts'],
    })
      .input(z.object({ mail: mailAddress }))
      .output(nothing),
    followLink: request({
      method: 'POST',
      path: '/people/session/link',
      permission: 'public',
      summary: 'Sign in with a link that was sent by mail',
      refusals: ['link_used'],
    })
      .input(z.object({ token: z.string().max(200) }))
      .output(session),
    get: request({
      method: 'GET',
      path: '/people/session',
      permission: 'session',
      summary: 'Who I am and what I may do',
    })
      .input(nothing)
      .output(me),
    end: request({ method: 'DELETE', path: '/people/session', permission: 'session', summary: 'Sign out' })
      .input(nothing)
      .output(nothing),
  },
  me: {
    change: request({
      method: 'PATCH',
      path: '/people/me',
      permission: 'session',
      summary: 'Change my name or language',
    })
      .input(z.object({ name: line(100).optional(), language: language.optional() }))
      .output(me),
    changePassword: request({
      method: 'POST',
      path: '/people/me/password',
      permission: 'session',
      summary: 'Change my password; my other sessions end',
      refusals: ['wrong_password', 'too_many_attempts'],
    })
      .input(z.object({ current: z.string().max(200), next: password }))
      .output(nothing),
  },
  tokens: {
    list: request({ method: 'GET', path: '/people/tokens', permission: 'session', summary: 'My API tokens' })
      .input(nothing)
      .output(z.object({ items: z.array(apiToken) })),
    create: request({
      method: 'POST',
      path: '/people/tokens',
      permission: 'session',
      summary: 'Make an API token; it is shown once',
    })
      .input(z.object({ name: line(100) }))
      .output(apiToken.extend({ token: z.string() })),
    remove: request({
      method: 'DELETE',
      path: '/people/tokens/{id}',
      permission: 'session',
      summary: 'Withdraw an API token',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  persons: {
    list: request({
      method: 'GET',
      path: '/people/persons',
      permission: 'people.read',
      summary: 'Everybody known to Vigie',
    })
      .input(z.object({ ...page, search: text(100).optional() }))
      .output(listOf(person)),
    get: request({
      method: 'GET',
      path: '/people/persons/{id}',
      permission: 'people.read',
      summary: 'One person',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(person),
    invite: request({
      method: 'POST',
      path: '/people/persons',
      permission: 'people.write',
      summary: 'Add a person; the answer holds the one-time link with which they choose their password',
      refusals: ['mail_taken'],
    })
      .input(z.object({ name: line(100), mail: mailAddress, role, language }))
      .output(z.object({ person, link: z.string() })),
    change: request({
      method: 'PATCH',
      path: '/people/persons/{id}',
      permission: 'people.write',
      summary: "Change a person's name, address, role, language, or whether they may sign in",
      refusals: ['not_found', 'mail_taken', 'last_administrator'],
    })
      .input(
        z.object({
          id,
          name: line(100).optional(),
          mail: mailAddress.optional(),
          role: role.optional(),
          language: language.optional(),
          active: z.boolean().optional(),
        }),
      )
      .output(person),
    acceptInvitation: request({
      method: 'POST',
      path: '/people/invitation',
      permission: 'public',
      summary: 'Choose a password with a one-time link, and sign in',
      refusals: ['link_used'],
    })
      .input(z.object({ token: z.string().max(200), password }))
      .output(session),
  },
  audit: {
    list: request({
      method: 'GET',
      path: '/people/audit',
      permission: 'audit.read',
      summary: 'The audit trail, newest first',
    })
      .input(z.object({ ...page, personId: id.optional(), search: text(100).optional() }))
      .output(listOf(auditLine)),
    verify: request({
      method: 'GET',
      path: '/people/audit/chain',
      permission: 'audit.read',
      summary: "Check the audit trail's hash chain",
    })
      .input(nothing)
      .output(chainState),
  },
  ...onCallRequests,
};

export const peopleFacts = {
  'people.personAdded': z.object({ personId: id, name: z.string() }),
  /** Somebody wants to sign in by a link: known by an account, or by an address alone. */
  'people.linkWanted': z.object({ personId: id.nullable(), mail: z.string() }),
  /** Somebody takes a shift, is asked to, or does not; `replaced` are on call then without it. */
  'people.coverChanged': z.object({
    coverId: id,
    rotaId: id,
    rota: z.string(),
    timeZone: z.string(),
    state: z.enum(['asked', 'accepted', 'refused', 'withdrawn']),
    person: z.object({ id, name: z.string() }),
    askedBy: z.object({ id: id.nullable(), name: z.string() }),
    by: z.object({ id, name: z.string() }),
    replaced: z.array(id),
    from: time,
    until: time,
    note: z.string(),
  }),
};
