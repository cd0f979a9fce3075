-- Desk: why the words of a document are not known. A column without a default: no row is rewritten.

-- Null where reading went well or nothing was to be read.
alter table desk.blob add column reading_fault text check (reading_fault in ('password', 'broken', 'too_heavy'));
-- Of those that were given up before nobody kept the reason: they are tried once more.
update desk.blob set reading = 'waiting', reading_tries = 0, reading_at = created_at where reading = 'failed';
