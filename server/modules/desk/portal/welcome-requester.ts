import type { Fact } from '#contract/facts.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { requesterStore } from '../tickets/store-requesters.ts';

/**
 * Somebody who is helped and has no account wants to sign in: they get one as a requester, and what they asked for before
 * is theirs. Whoever is not known gets nothing, and is told nothing.
 */
export async function welcomeRequester(
  { db, transact, clock, needs }: DeskParts,
  { payload }: Fact<'people.linkWanted'>,
): Promise<void> {
  if (payload.personId !== null) return;
  const requester = await requesterStore(db).byMail(payload.mail);
  if (requester === null || requester.personId !== null || requester.mail === null) return;
  const { name, mail, language } = requester;
  const personId = await needs.welcomeRequester({ name, mail, language });
  if (personId === null) return;
  await transact(({ db: trx }) => requesterStore(trx).ensurePerson(personId, clock.now()));
}
