import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { makeKeyPair, publicKeyOf } from '#ssh/key-pair.ts';
import type { SshCredential } from '#ssh/transport.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import { credentialStore, type CredentialLine } from './store-access.ts';

interface Parts {
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
  readonly vault: Vault;
}

/** What somebody gives to be kept, or asks to be made. */
export type NewCredential = { readonly name: string; readonly user: string } & (
  | { readonly kind: 'key'; readonly privateKey: string; readonly passphrase?: string | undefined }
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'generate' }
);

const sealedCredential = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('key'), privateKey: z.string(), passphrase: z.string().optional() }),
  z.object({ kind: z.literal('password'), password: z.string() }),
]);

const useOf = (id: string): string => `upkeep.credential ${id}`;

/** What is sealed, and the public half that may be shown. @throws Refusal `key_unreadable` */
function secretOf(asked: NewCredential): { secret: SshCredential; publicKey: string | null } {
  switch (asked.kind) {
    case 'password':
      return { secret: { kind: 'password', password: asked.password }, publicKey: null };
    case 'generate': {
      const { privateKey, publicKey } = makeKeyPair(`vigie ${asked.name}`.replaceAll(/[^\w .@-]/gu, '_'));
      return { secret: { kind: 'key', privateKey }, publicKey };
    }
    default: {
      const { privateKey, passphrase } = asked;
      const publicKey = publicKeyOf(privateKey, passphrase);
      if (publicKey === undefined) throw new Refusal('key_unreadable');
      return { secret: { kind: 'key', privateKey, ...(passphrase === undefined ? {} : { passphrase }) }, publicKey };
    }
  }
}

/** Seals a credential and stores it; the secret never comes out again but to sign in. */
export async function keepCredential({ transact, clock, vault }: Parts, asked: NewCredential): Promise<CredentialLine> {
  const id = uuid();
  const { secret, publicKey } = secretOf(asked);
  const sealed = vault.seal(JSON.stringify(secret), useOf(id));
  return transact(async ({ db, live }) => {
    const line = { id, name: asked.name, user: asked.user, kind: secret.kind, publicKey };
    const createdAt = clock.now();
    if (!(await credentialStore(db).add(line, sealed, createdAt)))
      throw new Refusal('name_taken', { name: asked.name });
    await live('upkeep.credential', id);
    return { ...line, createdAt: createdAt.toISOString(), usedBy: 0 };
  });
}

/** Forgets a credential that no host is reached with. */
export function removeCredential({ transact }: Pick<Parts, 'transact'>, id: string): Promise<void> {
  return transact(async ({ db, live }) => {
    const outcome = await credentialStore(db).remove(id);
    if (outcome === 'unknown') throw new Refusal('not_found');
    if (outcome === 'used') throw new Refusal('still_used');
    await live('upkeep.credential', id);
  });
}

/** Opens what was sealed, for signing in. */
export function unsealCredential(vault: Vault, id: string, sealed: Buffer): SshCredential {
  const opened = sealedCredential.parse(JSON.parse(vault.unseal(sealed, useOf(id))));
  if (opened.kind === 'password') return opened;
  const { privateKey, passphrase } = opened;
  return { kind: 'key', privateKey, ...(passphrase === undefined ? {} : { passphrase }) };
}
