import { v7 as uuid } from 'uuid';
import type { Person } from '#contract/people.ts';
import type { Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { hashPassword } from './password.ts';
import { openSession, type Session } from './sign-in.ts';
import { personReader, personWriter } from './store-person.ts';
import { linkStore } from './store-session.ts';
import { newToken, tokenHash } from './token.ts';

interface Parts {
  readonly db: Database<'people'>;
  readonly transact: Transact<'people'>;
  readonly clock: Clock;
  readonly publicUrl: string;
}

const invitationDays = 14;

/** Adds a person without a password, and makes the one-time link with which they choose it. */
export function invitePerson(
  { transact, clock, publicUrl }: Parts,
  asked: Pick<Person, 'name' | 'mail' | 'role' | 'language'>,
): Promise<{ person: Person; link: string }> {
  return transact(async ({ db, publish, live }) => {
    const now = clock.now();
    const person = { id: uuid(), ...asked };
    if (!(await personWriter(db).add({ ...person, passwordHash: null, createdAt: now })))
      throw new Refusal('mail_taken', { mail: asked.mail });
    const token = newToken();
    await linkStore(db).addLink({
      hash: tokenHash(token),
      purpose: 'invitation',
      personId: person.id,
      createdAt: now,
      expiresAt: new Date(now.getTime() + invitationDays * 86_400_000),
    });
    await publish('people.personAdded', { personId: person.id, name: person.name });
    await live('people.person', person.id);
    return {
      person: { ...person, active: true, createdAt: now.toISOString(), lastSeenAt: null },
      link: `${publicUrl}/invitation?token=${token}`,
    };
  });
}

/** Sets the invited person's password and signs them in. */
export async function acceptInvitation(
  { db, transact, clock }: Parts,
  asked: { token: string; password: string },
  caller: Caller,
): Promise<Session> {
  // Hashing is dear on purpose: it is done only for somebody who holds a link.
  if (!(await linkStore(db).isOpen(tokenHash(asked.token), 'invitation', clock.now()))) throw new Refusal('link_used');
  const passwordHash = await hashPassword(asked.password);
  return transact(async ({ db: trx }) => {
    const now = clock.now();
    const link = await linkStore(trx).useLink(tokenHash(asked.token), 'invitation', now);
    const person = link === null || link.personId === null ? null : await personReader(trx).get(link.personId);
    if (person === null || !person.active) throw new Refusal('link_used');
    await personWriter(trx).setPassword(person.id, passwordHash);
    return openSession(trx, person, caller, now);
  });
}
