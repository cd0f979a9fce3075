import { v7 as uuid } from 'uuid';
import type { Language } from '#contract/words.ts';
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
}

const linkDays = 7;

/** A new one-time link's token for the first administrator, or null when somebody exists already. Older ones end. */
export function offerWelcome({ transact, clock }: Parts): Promise<string | null> {
  return transact(async ({ db }) => {
    if ((await personReader(db).count()) > 0) return null;
    const token = newToken();
    const now = clock.now();
    await linkStore(db).dropLinks('welcome', null);
    await linkStore(db).addLink({
      hash: tokenHash(token),
      purpose: 'welcome',
      personId: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + linkDays * 86_400_000),
    });
    return token;
  });
}

/** Creates the first administrator and signs them in. The link works once, and only while nobody exists. */
export async function acceptWelcome(
  { db, transact, clock }: Parts,
  asked: { token: string; name: string; mail: string; password: string; language: Language },
  caller: Caller,
): Promise<Session> {
  // Hashing is dear on purpose: it is done only for somebody who holds a link.
  if (!(await linkStore(db).isOpen(tokenHash(asked.token), 'welcome', clock.now()))) throw new Refusal('link_used');
  const passwordHash = await hashPassword(asked.password);
  return transact(async ({ db: trx, publish }) => {
    const now = clock.now();
    if ((await linkStore(trx).useLink(tokenHash(asked.token), 'welcome', now)) === null) throw new Refusal('link_used');
    if ((await personReader(trx).count()) > 0) throw new Refusal('already_welcomed');
    const person = {
      id: uuid(),
      name: asked.name,
      mail: asked.mail,
      role: 'administrator',
      language: asked.language,
    } as const;
    await personWriter(trx).add({ ...person, passwordHash, createdAt: now });
    await publish('people.personAdded', { personId: person.id, name: person.name });
    return openSession(
      trx,
      { ...person, active: true, createdAt: now.toISOString(), lastSeenAt: now.toISOString() },
      caller,
      now,
    );
  });
}
