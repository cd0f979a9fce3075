-- Desk: writing to a long ticket costs what is written and not what the ticket holds. The words of a changed document
-- were put into the index of words one by one while somebody waited for their answer; now they lie beside it until the
-- desk puts them in their places, some seconds later and many tickets at a time. PostgreSQL looks through both, so what
-- is written is found in the same transaction. Nothing is rewritten and nobody waits.
-- The bound is so high that no writer ever pays for those before it.
alter index desk.search_doc_words set (fastupdate = on, gin_pending_list_limit = 65536);

do $$
begin
  if to_regclass('desk.title_alike') is not null then
    alter index desk.title_alike set (fastupdate = on, gin_pending_list_limit = 65536);
  end if;
end;
$$;

-- Two statements in one: each of them sees what was committed while the one before it waited.
create function desk.next_number() returns integer language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtext('vigie desk number'));
  return (select coalesce(max(number), 0) + 1 from desk.ticket);
end;
$$;

-- The end of the audit trail, which nobody else lengthens until the transaction ends.
create function platform.hold_audit_end() returns table (sequence bigint, hash text) language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtext('vigie audit'));
  return query select a.sequence, a.hash from platform.audit a order by a.sequence desc limit 1;
end;
$$;
