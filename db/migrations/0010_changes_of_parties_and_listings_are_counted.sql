CREATE TABLE "moves" (
	"one" integer PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL
);

--> statement-breakpoint
insert into moves (one, count) values (1, 1);
--> statement-breakpoint
create function quanheng_count_move() returns trigger language plpgsql as $$
begin
  update moves set count = count + 1;
  return null;
end $$;
--> statement-breakpoint
create trigger counted after insert or update or delete or truncate on parties for each statement execute function quanheng_count_move();
--> statement-breakpoint
create trigger counted after insert or update or delete or truncate on listings for each statement execute function quanheng_count_move();
--> statement-breakpoint
-- Of releases before: what they take is no longer sent.
drop function if exists quanheng_commit_2;
--> statement-breakpoint
drop function if exists quanheng_commit_3;
