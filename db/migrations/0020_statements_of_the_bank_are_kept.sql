CREATE TABLE "bank_files" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_imports" (
	"file" text PRIMARY KEY NOT NULL,
	"row" json NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_line_steps" (
	"line" text NOT NULL,
	"n" integer NOT NULL,
	"step" text NOT NULL,
	"reason" text,
	"note" text,
	"user" text NOT NULL,
	"command" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bank_line_steps_line_n_pk" PRIMARY KEY("line","n")
);
--> statement-breakpoint
CREATE TABLE "bank_lines" (
	"id" text PRIMARY KEY NOT NULL,
	"file" text NOT NULL,
	"account" text NOT NULL,
	"key" text NOT NULL,
	"row" integer NOT NULL,
	"date" text NOT NULL,
	"direction" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"reference" text,
	"number" text NOT NULL,
	"counterparty" text NOT NULL,
	"counter_account" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_uses" (
	"number" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"thing" text NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"line" text,
	"user" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_line_steps_command_index" ON "bank_line_steps" USING btree ("command");--> statement-breakpoint
CREATE UNIQUE INDEX "bank_lines_account_key_index" ON "bank_lines" USING btree ("account","key");--> statement-breakpoint
CREATE INDEX "bank_lines_file_row_index" ON "bank_lines" USING btree ("file","row");--> statement-breakpoint
CREATE INDEX "bank_lines_account_reference_index" ON "bank_lines" USING btree ("account","reference") WHERE reference is not null;--> statement-breakpoint
CREATE INDEX "bank_lines_number_index" ON "bank_lines" USING btree ("number");--> statement-breakpoint
CREATE INDEX "bank_uses_kind_thing_index" ON "bank_uses" USING btree ("kind","thing");--> statement-breakpoint
CREATE UNIQUE INDEX "bank_uses_line_index" ON "bank_uses" USING btree ("line");--> statement-breakpoint
create trigger append_only before update or delete or truncate on bank_lines for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on bank_imports for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on bank_line_steps for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on bank_uses for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
-- Each number of the bank's that has confirmed something is used. Where one had confirmed two things, both stay as
-- they are, and the first of them is told.
insert into bank_uses (number, kind, thing, attempt)
select distinct on (upper(used.number)) upper(used.number), used.kind, used.thing, used.attempt from (
  select row->>'charge' as number, 'receipt' as kind, id as thing, 1 as attempt from payments
    where rail = 'bank'
  union all
  select row->'release'->>'reference', 'release', id, coalesce((row->'release'->>'attempt')::int, 1) from payments
    where rail = 'bank'
  union all
  select row->'refund'->>'reference', 'refundLeg', id, coalesce((row->'refund'->>'attempt')::int, 1) from payments
    where rail = 'bank'
  union all
  select row->>'reference', 'refund', id, coalesce((row->>'attempt')::int, 1) from refunds where rail = 'bank'
  union all
  select row->>'charge', 'topUp', id, 1 from top_ups where rail = 'bank'
  union all
  select row->>'bankNumber', 'withdrawal', id, 1 from withdrawals
) used where used.number is not null order by upper(used.number), used.thing
on conflict do nothing;
--> statement-breakpoint
insert into seats (plan, free) select 'bank:' || number, 0 from bank_uses on conflict do nothing;
