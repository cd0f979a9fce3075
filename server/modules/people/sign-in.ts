import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Me, Person, session } from '#contract/people.ts';
import { permissionsOfRole } from '#contract/permission.ts';
import type { Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { countAttempt, forgetAttempt } from './count-attempt.ts';
import { passwordFits } from './password.ts';
import { personReader } from './store-person.ts';
import { sessionStore } from './store-session.ts';
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
  const mail = asked.mail.trim();
  const keys = await countAttempt(db, mail, caller, now);
  const found = await personReader(db).byMail(mail);
  const fits = await passwordFits(found?.passwordHash ?? null, asked.password);
  if (!fits || found === null || !found.person.active) throw new Refusal('wrong_password');
  return transact(async (unit) => {
    await forgetAttempt(unit.db, keys, now);
    return openSession(unit.db, found.person, caller, now);
  });
}
