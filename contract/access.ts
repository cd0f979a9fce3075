import { z } from 'zod';
import { request } from './request.ts';
import { id, line, nothing, time } from './words.ts';

/** Upkeep's second noun: how Vigie signs in on a host, with a credential from the vault and the host's pinned keys. */

export const credential = z.object({
  id,
  name: z.string(),
  user: z.string(),
  kind: z.enum(['key', 'password']),
  publicKey: z.string().nullable(),
  createdAt: time,
  usedBy: z.number().int(),
});
export const hostKey = z.object({ type: z.string(), key: z.string(), fingerprint: z.string() });
export const access = z.object({
  hostId: id,
  credential: z.object({ id, name: z.string(), user: z.string() }),
  port: z.number().int(),
  hostKeys: z.array(hostKey),
});
const pem = z.string().max(20_000);

/** Part of upkeep's requests. */
export const accessRequests = {
  credentials: {
    list: request({
      method: 'GET',
      path: '/upkeep/credentials',
      permission: 'upkeep.read',
      summary: 'Credentials by name; secrets are never shown',
    })
      .input(nothing)
      .output(z.object({ items: z.array(credential) })),
    create: request({
      method: 'POST',
      path: '/upkeep/credentials',
      permission: 'upkeep.secrets',
      summary: 'Store a credential in the vault, or have a key made',
      refusals: ['name_taken', 'key_unreadable'],
    })
      .input(
        z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('key'),
            name: line(100),
            user: line(64),
            privateKey: pem,
            passphrase: z.string().max(500).optional(),
          }),
          z.object({
            kind: z.literal('password'),
            name: line(100),
            user: line(64),
            password: z.string().min(1).max(500),
          }),
          z.object({ kind: z.literal('generate'), name: line(100), user: line(64) }),
        ]),
      )
      .output(credential),
    remove: request({
      method: 'DELETE',
      path: '/upkeep/credentials/{id}',
      permission: 'upkeep.secrets',
      summary: 'Remove a credential that nothing uses',
      refusals: ['not_found', 'still_used'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  access: {
    get: request({
      method: 'GET',
      path: '/upkeep/access/{hostId}',
      permission: 'upkeep.read',
      summary: 'How Vigie signs in on a host',
      refusals: ['not_found'],
    })
      .input(z.object({ hostId: id }))
      .output(access.nullable()),
    scan: request({
      method: 'POST',
      path: '/upkeep/access/{hostId}/scan',
      permission: 'upkeep.write',
      summary: 'Ask a host for its keys, to be compared and pinned',
      refusals: ['not_found', 'address_forbidden', 'host_unreachable'],
      changes: false,
    })
      .input(z.object({ hostId: id, port: z.number().int().min(1).max(65_535).default(22) }))
      .output(z.object({ hostKeys: z.array(hostKey) })),
    set: request({
      method: 'PUT',
      path: '/upkeep/access/{hostId}',
      permission: 'upkeep.secrets',
      summary: 'Say how Vigie signs in on a host, with its pinned keys',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          hostId: id,
          credentialId: id,
          port: z.number().int().min(1).max(65_535).default(22),
          hostKeys: z
            .array(z.object({ type: z.string().max(50), key: z.string().max(5_000) }))
            .min(1)
            .max(10),
        }),
      )
      .output(access),
    test: request({
      method: 'POST',
      path: '/upkeep/access/{hostId}/test',
      permission: 'upkeep.run',
      summary: 'Try to sign in',
      refusals: ['not_found', 'ssh_access_missing', 'host_unreachable', 'host_key_changed', 'host_key_unknown'],
      changes: false,
    })
      .input(z.object({ hostId: id }))
      .output(z.object({ ok: z.boolean(), message: z.string(), durationMs: z.number() })),
    remove: request({
      method: 'DELETE',
      path: '/upkeep/access/{hostId}',
      permission: 'upkeep.secrets',
      summary: 'Forget how to sign in on a host',
      refusals: ['not_found'],
    })
      .input(z.object({ hostId: id }))
      .output(nothing),
  },
};
