import { v7 as uuid } from 'uuid';
import type { Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import { attemptRules } from './attempts.ts';
import { openSession, type Session } from './sign-in.ts';
import { personReader, personWriter } from './store-person.ts';
import { attemptStore, linkStore } from './store-session.ts';
import { newToken, tokenHash } from './token.ts';

interface Parts {
  readonly db: Database<'people'>;
  readonly transact: Transact<'people'>;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** A link that signs somebody in, and where and in which language to send it. */
export interface SignInLink {
  readonly url: string;
  readonly mail: string;
  readonly language: Language;
}

const linkMinutes = 20;
/** So many links are asked for within the window of the attempts. */
const most = { perMail: 3, perAddress: 30 } as const;

/**
 * Takes note that somebody wants a link. The answer is the same, and takes as long, whether the address is known or not; a
 * known one that asks too often is sent no more for a while and is not told so. Only requesters sign in so: whoever holds a
 * mailbox is not thereby an administrator.
 */
export async function askLink(
  { db, transact, clock }: Parts,
  asked: string,
  caller: Caller,
): Promise<Record<string, never>> {
  const now = clock.now();
  const mail = asked.trim().toLowerCase();
  const keys = { mail: `link ${mail}`, address: `link from ${caller.address}` };
  const since = new Date(now.getTime() - attemptRules.windowMinutes * 60_000);
  const attempts = attemptStore(db);
  const ofMail = await attempts.failures(keys.mail, since);
  if ((await attempts.failures(keys.address, since)) >= most.perAddress)
    throw new Refusal('too_many_attempts', { minutes: attemptRules.windowMinutes });
  await attempts.addFailures(Object.values(keys), now);
  const found = await personReader(db).byMail(mail);
  await transact(async ({ publish }) => {
    if (ofMail < most.perMail) await publish('people.linkWanted', { personId: found?.person.id ?? null, mail });
  });
  return {};
}

/** Makes a link that signs a requester in once, within minutes; null for anybody else. Earlier ones end. */
export function signInLink({ transact, clock, publicUrl }: Parts, personId: string): Promise<SignInLink | null> {
  return transact(async ({ db }) => {
    const person = await personReader(db).get(personId);
    if (person === null || !person.active || person.role !== 'requester') return null;
    const now = clock.now();
    const token = newToken();
    const links = linkStore(db);
    await links.dropLinks('sign_in', personId);
    await links.addLink({
      hash: tokenHash(token),
      purpose: 'sign_in',
      personId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + linkMinutes * 60_000),
    });
    return { url: `${publicUrl}/sign-in/link?token=${token}`, mail: person.mail, language: person.language };
  });
}

/** Signs in with a link, which is used up by it. */
export function signInByLink({ transact, clock }: Parts, token: string, caller: Caller): Promise<Session> {
  return transact(async ({ db }) => {
    const now = clock.now();
    const link = await linkStore(db).useLink(tokenHash(token), 'sign_in', now);
    const person = link === null || link.personId === null ? null : await personReader(db).get(link.personId);
    if (person === null || !person.active || person.role !== 'requester') throw new Refusal('link_used');
    return openSession(db, person, caller, now);
  });
}

/**
 * Gives somebody who was known by an address alone an account as a requester, without a password; answers whose the address
 * is. A link follows by the fact that somebody wants one.
 */
export function welcomeRequester(
  { transact, clock }: Parts,
  { name, mail, language }: { name: string; mail: string; language: Language },
): Promise<string | null> {
  return transact(async ({ db, publish, live }) => {
    const id = uuid();
    const person = { id, name, mail, language, role: 'requester' as const };
    const added = await personWriter(db).add({ ...person, passwordHash: null, createdAt: clock.now() });
    if (!added) return (await personReader(db).byMail(mail))?.person.id ?? null;
    await publish('people.personAdded', { personId: id, name });
    await publish('people.linkWanted', { personId: id, mail });
    await live('people.person', id);
    return id;
  });
}
