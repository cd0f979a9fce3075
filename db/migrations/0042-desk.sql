-- Desk: words inside attached documents; satisfaction asked by mail. Columns with defaults that need no rewriting, one
-- statement over desk.blob (files, not messages: some seconds with 100,000 of them), and a constraint on desk.mail_out that
-- is checked once.

-- Whether the words of a document are known. They are read after the transaction in which the file came, in a thread with
-- bounds: reading them may take seconds, and what is hostile in them must not stop a mail from being filed.
alter table desk.blob
  add column reading text not null default 'none' check (reading in ('none', 'waiting', 'done', 'failed')),
  add column reading_tries integer not null default 0,
  add column reading_at timestamptz;
create index blob_reading on desk.blob (reading_at) where reading = 'waiting';
-- What came before is read now.
update desk.blob set reading = 'waiting', reading_at = created_at
where hash is not null and words = '' and size_bytes <= 50 * 1024 * 1024 and (type = 'application/pdf'
  or type like 'application/vnd.openxmlformats-officedocument.%' or type like 'application/vnd.oasis.opendocument.%');

-- So many hours after a ticket is resolved its requester is asked by mail, once, whether they are satisfied; null: never.
alter table desk.mailbox add column satisfaction_hours integer check (satisfaction_hours between 0 and 720);
-- Tickets for which that was decided: a row is never taken back.
create table desk.satisfaction_ask (
  ticket_id uuid primary key references desk.ticket,
  at timestamptz not null,
  -- 'asked', or why not.
  outcome text not null
);
alter table desk.mail_out drop constraint mail_out_kind_check;
alter table desk.mail_out add constraint mail_out_kind_check check (kind in ('answer', 'confirmation', 'satisfaction'));
-- Whoever said it by the link in a mail may still say it otherwise for a while.
alter table desk.satisfaction add column by_link boolean not null default false;
