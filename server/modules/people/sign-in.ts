import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Me, Person, session } from '#contract/people.ts';
import { permissionsOfRole } from '#contract/permission.ts';
import type { Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { attemptRules, minutesToWait } from './attempts.ts';
import { passwordFits } from './password.ts';
import { personReader } from './store-person.ts';
import { attemptStore, sessionStore } from './store-session.ts';
import { newToken, tokenHash } from './token.ts';

export type Session = z.infer<typeof session>;

const sessionDays = 30;

/** What somebody learns about themself. */
export function meOf(person: Person): Me {
  return { person, permissions: [...permissionsOfRole[person.role]] };
}

/** Opens a session for a person inside a transaction; the cookie is for browsers. */
export async function openSession(db: Database<'people'>, person: Person, caller: Caller, now: Date): Promise<Session> {
  const token = newToken();
  await sessionStore(db).add({
    id: uuid(),
    personId: person.id,
    kind: 'session',
    hash: tokenHash(token),
    name: '',
    createdAt: now,
    expiresAt: new Date(now.getTime() + sessionDays * 86_400_000),
  });
  caller.keepSession(token);
  return { ...meOf(person), token };
}

/**
 * Signs somebody in by mail address and password.
 * Wrong passwords are counted per mail address and per network address, and from a bound on have to wait.
 */
export async function signIn(
  { db, transact, clock }: { db: Database<'people'>; transact: Transact<'people'>; clock: Clock },
  asked: { mail: string; password: string },
  caller: Caller,
): Promise<Session> {
  const now = clock.now();
  const since = new Date(now.getTime() - attemptRules.windowMinutes * 60_000);
  const keys = { mail: `mail ${asked.mail.toLowerCase()}`, address: `address ${caller.address}` };
  const attempts = attemptStore(db);
  const wait = minutesToWait(await attempts.failures(keys.mail, since), await attempts.failures(keys.address, since));
  if (wait > 0) throw new Refusal('too_many_attempts', { minutes: wait });
  const found = await personReader(db).byMail(asked.mail.trim());
  const fits = await passwordFits(found?.passwordHash ?? null, asked.password);
  if (!fits || found === null || !found.person.active) {
    await attempts.addFailures(Object.values(keys), now);
    throw new Refusal('wrong_password');
  }
  return transact(async (unit) => {
    await attemptStore(unit.db).forgetFailures(keys.mail);
    return openSession(unit.db, found.person, caller, now);
  });
}
