import type { Client } from 'pg';

/** Words as tickets have them, in both languages; the earlier ones come more often. */
const words =
  'imprimante réseau mot passe messagerie écran serveur connexion compte accès logiciel mise jour fichier dossier partage sauvegarde téléphone ' +
  'utilisateur service bureau étage problème erreur message ouvrir fermer installer bloqué lent panne disque clavier souris câble borne wifi vpn ' +
  'certificat expiré licence navigateur page lien courriel pièce jointe agenda réunion visio casque micro caméra station accueil direction comptabilité ' +
  'printer network password mailbox screen server connection account access software update file folder share backup phone user desk floor problem ' +
  'error message open close install locked slow failure disk keyboard mouse cable certificate expired license browser page link attachment calendar ' +
  'meeting headset camera station reception accounting please thanks again today yesterday morning since still cannot does not work after restart';

const tickets = 100_000;

/** Fills an empty, migrated database with 100,000 tickets and a million messages; takes some minutes. */
export async function seedDesk(client: Client, say: (what: string) => void): Promise<void> {
  const run = async (what: string, sql: string, values: unknown[] = []): Promise<void> => {
    const begun = performance.now();
    await client.query(sql, values);
    say(`${what}: ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  };
  await client.query(
    'set statement_timeout = 0; set synchronous_commit = off; set session_replication_role = replica; select setseed(0.42)',
  );
  await run(
    'words',
    `create temporary table piece as
     select n as id, (select string_agg(case when random() < 0.06
         then 'mot' || chr(97 + (random() * 25)::int) || chr(97 + (random() * 25)::int) || chr(97 + (random() * 25)::int)
         else w[1 + 0 * k + floor(power(random(), 1.6) * array_length(w, 1))::int] end, ' ')
       from generate_series(1, 11 + n % 3) k) || '.' as text
     from generate_series(1, 20000) n, (select string_to_array($1, ' ') as w) v`,
    [words],
  );
  await client.query('create unique index on piece (id)');
  await run(
    'requesters',
    `insert into desk.requester (id, name, mail, created_at)
     select gen_random_uuid(), (array['Hélène','Marc','Zoé','Paul','Anna','John','Mary','Luc','Inès','Tom'])[1 + n % 10] || ' '
       || (array['Dupont','Martin','Bernard','Tremblay','Smith','Roy','Petit','Lefebvre','Moreau','Garcia'])[1 + (n / 10) % 10] || n,
       'p' || n || '@client.test', now() from generate_series(1, 4000) n`,
  );
  await run(
    'tickets',
    `insert into desk.ticket (id, number, kind, title_en, title_fr, state, priority, failing_since, opened_at, resolved_at,
       resolved_by_name, requester_id, category_id, assignee_id, assignee_name, tags, source, updated_at, last_word)
     select gen_random_uuid(), n, (array['incident','request','request','problem'])[1 + n % 4], t.title, t.title,
       case when n > 97000 then (array['open','in_progress','waiting'])[1 + n % 3] else 'resolved' end,
       (array['low','normal','normal','high','critical'])[1 + n % 5], at, at, case when n > 97000 then null else at + interval '1 day' end,
       case when n > 97000 then null else 'Bob' end, q.id, c.id, p.id, p.name,
       case when n % 7 = 0 then array['vpn'] when n % 11 = 0 then array['compta','urgent'] else '{}' end, 'mail',
       at + interval '2 days', 'operator'
     from generate_series(1, ${tickets}) n
     cross join lateral (select now() - (${tickets} - n) * interval '8 minutes' as at) a
     join lateral (select left(text, 60) as title from piece where id = 1 + n * 7919 % 20000) t on true
     join (select id, row_number() over (order by id) as place from desk.requester) q on q.place = 1 + n * 31 % 4000
     join (select id, row_number() over (order by id) as place from desk.category) c on c.place = 1 + n % 8
     left join (select id, name, row_number() over (order by id) as place from people.person where role <> 'requester') p
       on p.place = 1 + n % 5`,
  );
  await run(
    'messages',
    `insert into desk.message (id, ticket_id, home_ticket_id, at, who_kind, who_id, who_name, requester_id, visibility, format, body, channel)
     select gen_random_uuid(), t.id, t.id, t.opened_at + k * interval '30 minutes', 'outside', null, 'Somebody',
       case when k % 2 = 1 then t.requester_id end, case when k % 5 = 4 then 'note' else 'public' end, 'plain',
       a.text || ' ' || b.text || E'\\n\\n' || c.text || ' ' || d.text, 'mail'
     from desk.ticket t cross join lateral generate_series(1, case when t.number % 50 = 0 then 40 when t.number % 2 = 0 then 7 else 12 end) k
     join piece a on a.id = 1 + (t.number * 13 + k * 7) % 20000 join piece b on b.id = 1 + (t.number * 17 + k * 11) % 20000
     join piece c on c.id = 1 + (t.number * 19 + k * 23) % 20000 join piece d on d.id = 1 + (t.number * 29 + k * 41) % 20000`,
  );
  await run(
    'counts',
    `update desk.ticket t set message_count = m.count, last_message_at = m.at
     from (select ticket_id, count(*) as count, max(at) as at from desk.message group by 1) m where m.ticket_id = t.id`,
  );
  await run(
    'events',
    `insert into desk.event (id, ticket_id, at, who_kind, who_name, kind, code, data)
     select gen_random_uuid(), t.id, t.opened_at, 'vigie', 'Vigie', 'opened', 'opened_ticket', jsonb_build_object('kind', t.kind)
     from desk.ticket t`,
  );
  await run(
    'vocabulary',
    `insert into desk.word select distinct w from piece, regexp_split_to_table(desk.fold(text), '[^[:alnum:]]+') w
     where length(w) between 4 and 30 and w !~ '[0-9]' on conflict do nothing`,
  );
  await run('vacuum', 'vacuum (analyze) desk.ticket, desk.message, desk.event, desk.requester, desk.word');
  await client.query('reset session_replication_role');
}

/** What would be kept up to date with every row of the fill, and is quicker made once of all of them. */
const wordsIndex =
  'create index search_doc_words on desk.search_doc using gin (doc) with (fastupdate = on, gin_pending_list_limit = 65536)';

/**
 * Writes the documents of the search on two connections, the newest tickets first, for so many seconds; goes on where it was
 * left. The index is taken away meanwhile and made at the end. Returns how many tickets have their document.
 */
export async function seedDocuments(clients: readonly Client[], forMs: number): Promise<number> {
  const slice = 1_000;
  const begun = performance.now();
  const [first] = clients;
  if (first === undefined) return 0;
  for (const client of clients)
    await client.query(
      'set statement_timeout = 0; set synchronous_commit = off; set session_replication_role = replica; set jit = off',
    );
  const missing = await first.query<{ from: number }>(
    `select n as from from generate_series(0, ${tickets - 1}, ${slice}) n
     where (select count(*) from desk.search_doc d where d.number > n and d.number <= n + ${slice}) < ${slice} order by n desc`,
  );
  const left = missing.rows.map(({ from }) => from);
  if (left.length > 0) await first.query('drop index if exists desk.search_doc_words');
  await Promise.all(
    clients.map(async (client) => {
      for (let from = left.shift(); from !== undefined; from = left.shift()) {
        if (performance.now() - begun > forMs) return;
        await client.query(
          `insert into desk.search_doc (ticket_id, number, doc)
           select t.id, t.number, desk.doc_of(concat_ws(' ', t.title_en, r.name, r.mail, array_to_string(t.tags, ' '),
             (select string_agg(m.body, ' ') from desk.message m where m.ticket_id = t.id)))
           from desk.ticket t left join desk.requester r on r.id = t.requester_id
           where t.number > $1 and t.number <= $2 on conflict do nothing`,
          [from, from + slice],
        );
      }
    }),
  );
  const there = await first.query<{ count: number; indexed: boolean }>(
    `select count(*)::integer as count, to_regclass('desk.search_doc_words') is not null as indexed from desk.search_doc`,
  );
  if (there.rows[0]?.indexed === false) {
    await first.query("set maintenance_work_mem = '512MB'");
    await first.query(wordsIndex);
  }
  await first.query('vacuum (analyze) desk.search_doc');
  for (const client of clients) await client.query('reset session_replication_role; reset statement_timeout');
  return there.rows[0]?.count ?? 0;
}
