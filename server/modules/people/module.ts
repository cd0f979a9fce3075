/*
 * People: who signs in, with which role, and what each of them did.
 * Words: person, role, session, API token, one-time link, audit line.
 * It never decides what a role may do (the contract does), and it never shows a password or a token twice.
 */
import { v7 as uuid } from 'uuid';
import type { people } from '#contract/people.ts';
import type { Role } from '#contract/permission.ts';
import type { Language } from '#contract/words.ts';
import { actorOf, type Actor } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import { nextOffset } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Duty } from '#platform/duties.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { attemptRules } from './attempts.ts';
import { changePerson } from './change-person.ts';
import { countAttempt, forgetAttempt } from './count-attempt.ts';
import { acceptInvitation, invitePerson } from './invite-person.ts';
import { refuseUnknownRegion } from './keep-rota.ts';
import { holidaysBetween } from './public-holidays.ts';
import { onCallHandlers, onCallNow } from './on-call-handlers.ts';
import { hashPassword, passwordFits } from './password.ts';
import { meOf, signIn } from './sign-in.ts';
import { auditStore } from './store-audit.ts';
import { personReader, personWriter } from './store-person.ts';
import { askLink, signInByLink, signInLink, welcomeRequester, type SignInLink } from './sign-in-link.ts';
import { sessionStore, sweepSessions, tokenReader } from './store-session.ts';
import { newToken, tokenHash } from './token.ts';
import { verifyAudit } from './verify-audit.ts';
import { acceptWelcome, offerWelcome } from './welcome.ts';

interface Parts {
  readonly db: Database<'people'>;
  readonly transact: Transact<'people'>;
  readonly clock: Clock;
  readonly publicUrl: string;
}

export interface PeopleModule {
  readonly handlers: Handlers<typeof people>;
  readonly duties: readonly Duty[];
  /** Finds who a token belongs to; null when it is unknown or has ended. */
  readonly identify: (token: string) => Promise<Actor | null>;
  /** The role of whom a session or API token belongs to, as it is now; null when it has ended. */
  readonly roleOf: (sessionId: string) => Promise<Role | null>;
  /** A one-time token for the first administrator, or null when there is one. */
  readonly offerWelcome: () => Promise<string | null>;
  /** Who is on call on each rota at a moment; null where nobody is. */
  readonly onCall: (
    at: Date,
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly personId: string | null }>>;
  /** Makes a link that signs a requester in; null for anybody else. */
  readonly signInLink: (personId: string) => Promise<SignInLink | null>;
  /** Gives somebody who is known by an address alone an account as a requester; the id of whoever has the address. */
  readonly welcomeRequester: (one: { name: string; mail: string; language: Language }) => Promise<string | null>;
  /** The holidays from one local date to another, both included: a country's, and the company's own. */
  readonly holidaysBetween: typeof holidaysBetween;
  /** Refuses a country or a region whose holidays are not known. */
  readonly refuseUnknownRegion: typeof refuseUnknownRegion;
}

const touchEveryMs = 60_000;

async function identify({ db, clock }: Parts, token: string): Promise<Actor | null> {
  const now = clock.now();
  const holder = await sessionStore(db).holder(tokenHash(token), now);
  if (holder === null) return null;
  const { person, sessionId, lastUsedAt } = holder;
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > touchEveryMs)
    await sessionStore(db).touch(sessionId, person.id, now);
  return { id: person.id, name: person.name, role: person.role, language: person.language, sessionId };
}

function sessionHandlers(parts: Parts): Pick<Handlers<typeof people>, 'welcome' | 'session' | 'me'> {
  const { db, transact, clock } = parts;
  const found = async (id: string) => (await personReader(db).get(id)) ?? Promise.reject(new Refusal('signed_out'));
  return {
    welcome: {
      get: async () => ({ needed: (await personReader(db).count()) === 0 }),
      accept: (input, caller) => acceptWelcome(parts, input, caller),
    },
    session: {
      start: (input, caller) => signIn(parts, input, caller),
      askLink: ({ mail }, caller) => askLink(parts, mail, caller),
      followLink: ({ token }, caller) => signInByLink(parts, token, caller),
      get: async (_input, caller) => meOf(await found(actorOf(caller).id)),
      async end(_input, caller) {
        const { sessionId, id } = actorOf(caller);
        await transact(({ db: trx }) => sessionStore(trx).end(sessionId, id));
        caller.keepSession(null);
        return {};
      },
    },
    me: {
      change: async (input, caller) => meOf(await changePerson(transact, actorOf(caller).id, input)),
      async changePassword(input, caller) {
        const { id, sessionId } = actorOf(caller);
        const now = clock.now();
        // Whoever found an open session must not find out its password by trying.
        const keys = await countAttempt(db, (await found(id)).mail, caller, now);
        if (!(await passwordFits(await personReader(db).passwordHash(id), input.current)))
          throw new Refusal('wrong_password');
        const hash = await hashPassword(input.next);
        await transact(async ({ db: trx }) => {
          await forgetAttempt(trx, keys, now);
          await personWriter(trx).setPassword(id, hash);
          await sessionStore(trx).endAll(id, sessionId);
        });
        return {};
      },
    },
  };
}

function tokenHandlers({ db, transact, clock }: Parts): Handlers<typeof people>['tokens'] {
  return {
    list: async (_input, caller) => ({ items: await tokenReader(db).list(actorOf(caller).id) }),
    create(input, caller) {
      const token = newToken();
      const id = uuid();
      const now = clock.now();
      return transact(async ({ db: trx }) => {
        await sessionStore(trx).add({
          id,
          personId: actorOf(caller).id,
          kind: 'token',
          hash: tokenHash(token),
          name: input.name,
          createdAt: now,
          expiresAt: null,
        });
        return { id, name: input.name, createdAt: now.toISOString(), lastUsedAt: null, token };
      });
    },
    async remove(input, caller) {
      const ended = await transact(({ db: trx }) => sessionStore(trx).end(input.id, actorOf(caller).id));
      if (!ended) throw new Refusal('not_found');
      return {};
    },
  };
}

function personHandlers(parts: Parts): Pick<Handlers<typeof people>, 'persons' | 'audit'> {
  const { db, transact } = parts;
  return {
    persons: {
      async list(input) {
        const { items, total } = await personReader(db).list(input);
        return { items, total, next: nextOffset(input.after, items.length, total) };
      },
      get: async (input) => (await personReader(db).get(input.id)) ?? Promise.reject(new Refusal('not_found')),
      invite: (input) => invitePerson(parts, input),
      change: ({ id, ...change }) => changePerson(transact, id, change),
      acceptInvitation: (input, caller) => acceptInvitation(parts, input, caller),
    },
    audit: {
      async list(input) {
        const { items, total } = await auditStore(db).list(input);
        return { items, total, next: items.length === input.limit ? String(items.at(-1)?.sequence) : null };
      },
      verify: () => verifyAudit((after, limit) => auditStore(db).chain(after, limit)),
    },
  };
}

/** Puts the module together. */
export function createPeople(parts: Parts): PeopleModule {
  return {
    handlers: {
      ...sessionHandlers(parts),
      tokens: tokenHandlers(parts),
      ...personHandlers(parts),
      ...onCallHandlers(parts),
    },
    duties: [
      {
        name: 'sweep sessions',
        everySeconds: 3_600,
        async work() {
          const now = parts.clock.now();
          await sweepSessions(parts.db, now, new Date(now.getTime() - attemptRules.windowMinutes * 60_000));
        },
      },
    ],
    identify: (token) => identify(parts, token),
    roleOf: (sessionId) => sessionStore(parts.db).roleOf(sessionId, parts.clock.now()),
    offerWelcome: () => offerWelcome(parts),
    onCall: (at) => onCallNow(parts.db, at),
    signInLink: (personId) => signInLink(parts, personId),
    welcomeRequester: (one) => welcomeRequester(parts, one),
    holidaysBetween,
    refuseUnknownRegion,
  };
}
