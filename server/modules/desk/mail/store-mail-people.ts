import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { requesterStore } from '../tickets/store-requesters.ts';

/** Somebody as a mail names them. */
export interface MailPerson {
  readonly name: string;
  readonly address: string;
}

const longestName = 120;

function nameOf({ name, address }: MailPerson): string {
  const tidy = name
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, longestName);
  return tidy === '' ? address : tidy;
}

/** All SQL about those whom mails name. */
export function mailPeopleStore(db: Database<'desk'>) {
  async function byAddress(address: string): Promise<string | null> {
    const { rows } = await sql<{
      id: string;
    }>`select id from desk.requester where lower(mail) = lower(${address})`.execute(db);
    return rows[0]?.id ?? null;
  }
  return {
    /** The one who has this address, added when there is none yet. */
    async ensure(person: MailPerson, language: Language, at: Date): Promise<{ id: string; isNew: boolean }> {
      const known = await byAddress(person.address);
      if (known !== null) return { id: known, isNew: false };
      const { rows } = await sql<{
        id: string;
      }>`select id from people.pub_person where lower(mail) = lower(${person.address})`.execute(db);
      const account = rows[0] === undefined ? null : await requesterStore(db).ensurePerson(rows[0].id, at);
      if (account !== null) return { id: account, isNew: false };
      const id = uuid();
      const { rows: made } = await sql<{ id: string }>`insert into desk.requester (id, name, mail, language, created_at)
        values (${id}, ${nameOf(person)}, ${person.address}, ${language}, ${at})
        on conflict (lower(mail)) where mail is not null do nothing returning id`.execute(db);
      if (made[0] !== undefined) return { id, isNew: true };
      // Somebody else added them between the two looks.
      return { id: (await byAddress(person.address)) ?? id, isNew: false };
    },
    /** The addresses of all who take part in a ticket from outside. */
    async addressesOf(ticketId: string): Promise<string[]> {
      const { rows } = await sql<{ mail: string }>`select r.mail from desk.requester r where r.mail is not null and (
          r.id = (select requester_id from desk.ticket where id = ${ticketId})
          or r.id in (select requester_id from desk.participant where ticket_id = ${ticketId})) limit 500`.execute(db);
      return rows.map(({ mail }) => mail);
    },
    /** Those whom an answer is sent to, the one who asked first. */
    async readers(ticketId: string): Promise<(MailPerson & { language: Language; personId: string | null })[]> {
      const { rows } = await sql<MailPerson & { language: Language; personId: string | null }>`
        select r.name, r.mail as address, r.language, r.person_id as "personId" from desk.requester r
        join desk.ticket t on t.id = ${ticketId}
        where r.mail is not null and (r.id = t.requester_id
          or r.id in (select requester_id from desk.participant where ticket_id = t.id))
        order by r.id = t.requester_id desc, r.name limit 60`.execute(db);
      return rows;
    },
    /** Those of these addresses that are the desk's own. */
    async own(addresses: readonly string[]): Promise<ReadonlySet<string>> {
      const low = addresses.map((each) => each.toLowerCase().replace(/\+[^@]*@/u, '@'));
      const { rows } = await sql<{ address: string }>`select lower(address) as address from desk.mailbox
        where lower(address) = any(${low}::text[])`.execute(db);
      return new Set(rows.map(({ address }) => address));
    },
    /** The mailbox that an address belongs to, with whatever stands behind a "+". */
    async mailboxOf(address: string): Promise<string | null> {
      const bare = address.toLowerCase().replace(/\+[^@]*@/u, '@');
      const { rows } = await sql<{ id: string }>`select id from desk.mailbox
        where active and lower(address) in (${address.toLowerCase()}, ${bare}) limit 1`.execute(db);
      return rows[0]?.id ?? null;
    },
  };
}
