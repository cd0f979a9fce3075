-- Desk: tickets of every kind with their conversation, drafts, files, links, work, views, undo and search.
-- desk.ticket gets columns with defaults that need no rewriting, two constraints and a few indexes: with 100,000 tickets
-- nobody can write them for some five seconds. Comments become messages: one statement over desk.event.

-- Somebody who is helped: a person with an account, or one who only has a name, an address or a telephone.
create table desk.requester (
  id uuid primary key,
  -- Of people; their name and address are taken along, so that lists need not look there.
  person_id uuid unique,
  name text not null,
  mail text,
  phone text not null default '',
  language text not null default 'fr' check (language in ('en', 'fr')),
  site_id uuid,
  note text not null default '',
  created_at timestamptz not null
);
create unique index requester_mail on desk.requester (lower(mail)) where mail is not null;

create table desk.category (
  id uuid primary key,
  parent_id uuid references desk.category,
  name_en text not null,
  name_fr text not null,
  -- Further words by which the quick entry knows it.
  words text not null default '',
  -- The queue into which its tickets go by themselves.
  team_id uuid,
  active boolean not null default true
);

insert into desk.category (id, name_en, name_fr, words) values
  ('01930000-0000-7000-8000-000000000001', 'Hardware', 'Matériel', 'pc computer laptop screen ordinateur portable écran poste dock'),
  ('01930000-0000-7000-8000-000000000002', 'Printing', 'Impression', 'printer toner scanner imprimante copieur imp'),
  ('01930000-0000-7000-8000-000000000003', 'Network', 'Réseau', 'wifi vpn internet switch cable câble connexion'),
  ('01930000-0000-7000-8000-000000000004', 'Accounts and access', 'Comptes et accès', 'password account rights mdp motdepasse compte droits accès'),
  ('01930000-0000-7000-8000-000000000005', 'Mail', 'Messagerie', 'outlook mailbox mail courriel boîte agenda'),
  ('01930000-0000-7000-8000-000000000006', 'Software', 'Logiciels', 'application app licence license office installation logiciel'),
  ('01930000-0000-7000-8000-000000000007', 'Telephony', 'Téléphonie', 'phone mobile telephone téléphone casque'),
  ('01930000-0000-7000-8000-000000000008', 'Servers and data', 'Serveurs et données', 'server backup file share serveur sauvegarde fichier partage');

alter table desk.ticket drop constraint ticket_kind_check;
alter table desk.ticket drop constraint ticket_state_check;
alter table desk.ticket drop constraint ticket_check1;
alter table desk.ticket
  add constraint ticket_kind check (kind in ('incident', 'request', 'problem', 'change')),
  add constraint ticket_state check (state in ('open', 'in_progress', 'waiting', 'solved', 'known_error', 'approval',
    'approved', 'review', 'resolved', 'cancelled')),
  add constraint ticket_end check ((state in ('resolved', 'cancelled')) = (resolved_at is not null)),
  add column impact text check (impact in ('low', 'normal', 'high')),
  add column urgency text check (urgency in ('low', 'normal', 'high')),
  -- Why a person chose another priority than impact and urgency give.
  add column priority_reason text not null default '',
  add column requester_id uuid references desk.requester,
  add column category_id uuid references desk.category,
  add column team_id uuid,
  add column tags text[] not null default '{}',
  add column source text not null default 'hand' check (source in ('hand', 'quick', 'alert', 'mail', 'portal', 'api')),
  add column due_at timestamptz,
  add column snoozed_until timestamptz,
  add column waiting_for text check (waiting_for in ('requester', 'supplier', 'delivery', 'change', 'other')),
  add column waiting_reason text not null default '',
  add column parent_id uuid references desk.ticket,
  add column merged_into_id uuid references desk.ticket,
  -- Of a problem: what helps until its cause is gone.
  add column workaround text not null default '',
  add column message_count integer not null default 0,
  add column first_answer_at timestamptz,
  add column last_message_at timestamptz,
  -- Whose word the last public message was: whoever wrote it waits for the other.
  add column last_word text check (last_word in ('requester', 'operator')),
  add column updated_at timestamptz not null default '-infinity';
alter table desk.ticket alter column updated_at drop default;
update desk.ticket t set updated_at = coalesce((select max(at) from desk.event e where e.ticket_id = t.id), opened_at),
  source = case when cause_key is null then 'hand' else 'alert' end;

drop index desk.ticket_open_cause;
create unique index ticket_open_cause on desk.ticket (cause_key) where state not in ('resolved', 'cancelled');
drop index desk.ticket_open;
create index ticket_open on desk.ticket (number) where state not in ('resolved', 'cancelled');
create index ticket_updated on desk.ticket (updated_at, number);
create index ticket_requester on desk.ticket (requester_id, number) where requester_id is not null;
create index ticket_team on desk.ticket (team_id, number) where state not in ('resolved', 'cancelled');
create index ticket_category on desk.ticket (category_id, number) where category_id is not null;
create index ticket_tags on desk.ticket using gin (tags) where tags <> '{}';
create index ticket_parent on desk.ticket (parent_id) where parent_id is not null;
create index ticket_merged on desk.ticket (merged_into_id) where merged_into_id is not null;
create index ticket_snoozed on desk.ticket (snoozed_until) where snoozed_until is not null;

-- A change: its plan, its way back, and the second person's word.
create table desk.change_plan (
  ticket_id uuid primary key references desk.ticket,
  emergency boolean not null default false,
  risk text not null default 'normal' check (risk in ('low', 'normal', 'high')),
  plan text not null default '',
  way_back text not null default '',
  starts_at timestamptz,
  ends_at timestamptz,
  approved_at timestamptz,
  approved_by_id uuid,
  approved_by_name text,
  reviewed_at timestamptz,
  reviewed_by_name text,
  review text not null default ''
);

-- Files, in pieces, each content once. What is not complete after a day is swept.
create table desk.blob (
  id uuid primary key,
  -- SHA-256 of the content; null while it comes in.
  hash bytea unique,
  size_bytes bigint not null,
  -- What it is, by its own first bytes and not by what was said of it.
  type text not null,
  -- It could run on the reader's machine: given out to operators only, and never opened in place.
  runs boolean not null default false,
  -- The beginning of what can be read in it.
  words text not null default '',
  created_at timestamptz not null
);
create index blob_incoming on desk.blob (created_at) where hash is null;
create table desk.blob_part (
  blob_id uuid not null references desk.blob on delete cascade,
  ordinal integer not null,
  bytes bytea not null,
  primary key (blob_id, ordinal)
);
alter table desk.blob_part alter column bytes set storage external;

create table desk.message (
  id uuid primary key,
  -- Where it is read. It differs from its home while that ticket is merged into another.
  ticket_id uuid not null references desk.ticket,
  home_ticket_id uuid not null references desk.ticket,
  at timestamptz not null,
  who_kind text not null check (who_kind in ('person', 'vigie', 'outside')),
  who_id uuid,
  who_name text not null,
  -- Set when it is the word of somebody who is helped.
  requester_id uuid references desk.requester,
  visibility text not null check (visibility in ('public', 'note')),
  format text not null check (format in ('plain', 'markdown')),
  body text not null,
  channel text not null check (channel in ('screen', 'phone', 'mail', 'portal', 'api')),
  -- Mail only: its Message-ID, the raw message, which parts of the body are folded away and why, what was decided on the
  -- way in, and how far it is on the way out.
  mail_id text,
  mail_raw_id uuid references desk.blob,
  mail_folds jsonb,
  mail_flight jsonb,
  mail_state text check (mail_state in ('received', 'waiting', 'sent', 'bounced', 'failed'))
);
create index message_ticket on desk.message (ticket_id, at, id);
create index message_away on desk.message (home_ticket_id) where ticket_id <> home_ticket_id;
create unique index message_mail on desk.message (mail_id) where mail_id is not null;

insert into desk.message (id, ticket_id, home_ticket_id, at, who_kind, who_id, who_name, visibility, format, body, channel)
select id, ticket_id, ticket_id, at, who_kind, who_id, who_name, 'note', 'plain', data ->> 'text', 'screen'
from desk.event where code = 'comment';
delete from desk.event where code = 'comment';
update desk.ticket t set message_count = m.count, last_message_at = m.at
from (select ticket_id, count(*) as count, max(at) as at from desk.message group by 1) m where m.ticket_id = t.id;

create table desk.attachment (
  id uuid primary key,
  ticket_id uuid not null references desk.ticket,
  -- Null until the message it was added to is sent.
  message_id uuid references desk.message,
  blob_id uuid references desk.blob,
  name text not null,
  -- Of a mail: the id by which its text shows it in place.
  content_id text,
  added_at timestamptz not null,
  added_by_id uuid,
  added_by_name text not null
);
create index attachment_ticket on desk.attachment (ticket_id);
create index attachment_message on desk.attachment (message_id) where message_id is not null;
create index attachment_blob on desk.attachment (blob_id);

-- What somebody has begun to write. Two devices of one person that went separate ways have a draft each.
create table desk.draft (
  id uuid primary key,
  ticket_id uuid not null references desk.ticket,
  person_id uuid not null,
  visibility text not null check (visibility in ('public', 'note')),
  format text not null check (format in ('plain', 'markdown')),
  body text not null,
  attachment_ids uuid[] not null default '{}',
  -- Grows by one with each saving; who saves says on which one they stand.
  revision integer not null,
  updated_at timestamptz not null,
  -- It was sent or thrown away: late savings of it are not to bring it back.
  ended_at timestamptz
);
create index draft_person on desk.draft (person_id, ticket_id) where ended_at is null;
create index draft_ended on desk.draft (ended_at) where ended_at is not null;

-- Who looks at a ticket or writes an answer, until when it is believed. Worth nothing after a restart.
create unlogged table desk.presence (
  ticket_id uuid not null,
  person_id uuid not null,
  device text not null,
  person_name text not null,
  doing text not null check (doing in ('views', 'writes')),
  until timestamptz not null,
  primary key (ticket_id, person_id, device)
);

create table desk.watcher (
  ticket_id uuid not null references desk.ticket,
  person_id uuid not null,
  primary key (ticket_id, person_id)
);
create index watcher_person on desk.watcher (person_id);

-- Further people outside who get the answers.
create table desk.participant (
  ticket_id uuid not null references desk.ticket,
  requester_id uuid not null references desk.requester,
  primary key (ticket_id, requester_id)
);

create table desk.mention (
  message_id uuid not null references desk.message,
  person_id uuid not null,
  ticket_id uuid not null references desk.ticket,
  at timestamptz not null,
  seen_at timestamptz,
  primary key (message_id, person_id)
);
create index mention_unseen on desk.mention (person_id, at) where seen_at is null;

-- `one` relates to / blocks / is a duplicate of / is caused by `other`.
create table desk.link (
  one_id uuid not null references desk.ticket,
  kind text not null check (kind in ('related', 'blocks', 'duplicates', 'caused_by')),
  other_id uuid not null references desk.ticket,
  primary key (one_id, kind, other_id),
  check (one_id <> other_id)
);
create index link_other on desk.link (other_id);

create table desk.checklist_item (
  id uuid primary key,
  ticket_id uuid not null references desk.ticket,
  position integer not null,
  text text not null,
  done_at timestamptz,
  done_by_name text
);
create index checklist_item_ticket on desk.checklist_item (ticket_id, position);

create table desk.time_spent (
  id uuid primary key,
  ticket_id uuid not null references desk.ticket,
  person_id uuid not null,
  person_name text not null,
  minutes integer not null check (minutes between 1 and 6000),
  note text not null,
  at timestamptz not null
);
create index time_spent_ticket on desk.time_spent (ticket_id, at);

-- Merges, splits and moves: what was where, so that it goes back, with what came after.
create table desk.rearrangement (
  id uuid primary key,
  kind text not null check (kind in ('merge', 'split', 'move')),
  from_id uuid not null references desk.ticket,
  to_id uuid not null references desk.ticket,
  message_ids uuid[] not null,
  -- What else changed: the state before, watchers and participants that were added.
  before jsonb not null,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  undone_at timestamptz
);
create index rearrangement_from on desk.rearrangement (from_id);
create index rearrangement_to on desk.rearrangement (to_id);

create table desk.bulk_change (
  id uuid primary key,
  change jsonb not null,
  total integer not null,
  done integer not null default 0,
  skipped integer not null default 0,
  state text not null check (state in ('running', 'done', 'undoing', 'undone')),
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  touched_at timestamptz not null
);
create index bulk_change_running on desk.bulk_change (touched_at) where state in ('running', 'undoing');
create table desk.bulk_item (
  bulk_id uuid not null references desk.bulk_change,
  ordinal integer not null,
  ticket_id uuid not null references desk.ticket,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'skipped', 'undone', 'kept')),
  before jsonb,
  after jsonb,
  primary key (bulk_id, ordinal)
);

create table desk.view (
  id uuid primary key,
  name text not null,
  owner_id uuid not null,
  owner_name text not null,
  shared boolean not null,
  words text not null,
  sort text not null,
  position integer not null default 0
);
create index view_owner on desk.view (owner_id);

create table desk.template (
  id uuid primary key,
  kind text not null check (kind in ('answer', 'ticket')),
  name_en text not null,
  name_fr text not null,
  body_en text not null,
  body_fr text not null,
  -- What it sets beside its words: on a new ticket, or on the one that is answered.
  change jsonb not null default '{}',
  owner_id uuid not null,
  shared boolean not null
);
create index template_owner on desk.template (owner_id);

-- Text as it is looked for: without case and accents, ligatures apart.
create function desk.fold(words text) returns text language sql immutable strict parallel safe
return translate(
  replace(replace(lower(normalize(words, NFC)), 'œ', 'oe'), 'æ', 'ae'),
  'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ’', 'aaaaaaceeeeiiiinooooouuuuyy''');

-- One document for each ticket: its title, messages, readable files and names, stemmed in both languages. It lies apart
-- from the ticket, whose row changes far more often.
create table desk.search_doc (
  ticket_id uuid primary key references desk.ticket,
  number integer not null,
  doc tsvector not null
);
-- Each write pays its own share, so that none pays for the others.
create index search_doc_words on desk.search_doc using gin (doc) with (fastupdate = off);
create index search_doc_number on desk.search_doc (number);

-- Every word that was ever written in a ticket, to find what somebody mistyped.
create table desk.word (word text collate "C" primary key);

create function desk.doc_of(words text) returns tsvector language sql immutable strict parallel safe
return strip(to_tsvector('pg_catalog.french'::regconfig, left(desk.fold(words), 200000))
  || to_tsvector('pg_catalog.english'::regconfig, left(desk.fold(words), 200000)));

do $$
declare
  home text;
begin
  select quote_ident(nspname) into home
  from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm';
  if home is not null then
    execute format('create index word_alike on desk.word using gin (word %s.gin_trgm_ops)', home);
    execute format('create index requester_alike on desk.requester using gin (desk.fold(name || '' '' || coalesce(mail, '''')) %s.gin_trgm_ops)', home);
  end if;
end;
$$;

insert into desk.search_doc (ticket_id, number, doc)
select t.id, t.number, desk.doc_of(concat_ws(' ', title_en, title_fr, cause_name, cause_text, remedy_text,
  (select left(string_agg(body, ' '), 200000) from desk.message m where m.ticket_id = t.id)))
from desk.ticket t;

-- For the other modules a ticket is an incident, as it always was: one that waits is in hand, a withdrawn one was
-- none.
create or replace view desk.pub_ticket as
select id, number, title_en, title_fr,
  case state when 'waiting' then 'in_progress' else state end as state,
  priority, cause_kind, cause_id, cause_name, cause_key, failing_since,
  opened_at, acknowledged_at, acknowledged_by_name, assignee_id, assignee_name, good_since, resolved_at,
  resolved_by_name, cause_text, remedy_text, solution_id, silenced, round,
  extract(epoch from good_since - failing_since)::double precision as outage_seconds
from desk.ticket where kind = 'incident' and state <> 'cancelled';
