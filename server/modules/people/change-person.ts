import type { Person } from '#contract/people.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { personReader, personWriter } from './store-person.ts';
import { sessionStore } from './store-session.ts';

type Change = { readonly [Field in 'name' | 'mail' | 'role' | 'language' | 'active']?: Person[Field] | undefined };

/** Whether this change would take one active administrator away. */
function retiresAdministrator(person: Person, change: Change): boolean {
  const administers = person.role === 'administrator' && person.active;
  return administers && ((change.role !== undefined && change.role !== 'administrator') || change.active === false);
}

/** Changes a person. The last active administrator stays; whoever may no longer sign in is signed out everywhere. */
export function changePerson(transact: Transact<'people'>, id: string, change: Change): Promise<Person> {
  return transact(async ({ db, live }) => {
    const persons = personReader(db);
    const writer = personWriter(db);
    const person = await persons.get(id);
    if (person === null) throw new Refusal('not_found');
    if (retiresAdministrator(person, change) && !(await writer.otherAdministrators(id)))
      throw new Refusal('last_administrator');
    const other = change.mail === undefined ? null : await persons.byMail(change.mail);
    if (other !== null && other.person.id !== id) throw new Refusal('mail_taken', { mail: change.mail ?? '' });
    await writer.change(id, change);
    if (change.active === false) await sessionStore(db).endAll(id, null);
    await live('people.person', id);
    return (await persons.get(id)) ?? person;
  });
}
