-- Fails a statement whose writes another process overtook, so that it is rolled back whole and tried again.
create function quanheng_require_equal(written bigint, expected bigint) returns bigint language plpgsql volatile as $$
begin
  if written <> expected then
    raise exception 'another writer came between: % of % rows', written, expected using errcode = '40001';
  end if;
  return written;
end $$;
--> statement-breakpoint
create function quanheng_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;
--> statement-breakpoint
create trigger append_only before update or delete or truncate on postings for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on sealed_facts for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on checkpoints for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on commands for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
-- Debits equal credits in each journal and currency. A deferred trigger for each row costs a third of the throughput.
create function quanheng_require_balance() returns trigger language plpgsql as $$
begin
  if exists (select from added group by source_type, source_id, currency having sum(amount) <> 0) then
    raise exception 'a journal does not balance' using errcode = '23514';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger balanced after insert on postings referencing new table as added for each statement execute function quanheng_require_balance();
