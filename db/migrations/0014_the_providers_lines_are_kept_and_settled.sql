CREATE TABLE "line_steps" (
	"provider" text NOT NULL,
	"entry" text NOT NULL,
	"step" text NOT NULL,
	"settlement" text NOT NULL,
	"account" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"source_type" text,
	"source_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "line_steps_provider_entry_step_pk" PRIMARY KEY("provider","entry","step")
);
--> statement-breakpoint
CREATE TABLE "provider_lines" (
	"provider" text NOT NULL,
	"entry" text NOT NULL,
	"kind" text NOT NULL,
	"type" text NOT NULL,
	"source" text,
	"key" text,
	"payment" text,
	"amount" bigint NOT NULL,
	"fee" bigint NOT NULL,
	"net" bigint NOT NULL,
	"currency" text NOT NULL,
	"at" text NOT NULL,
	"available_at" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "provider_lines_provider_entry_pk" PRIMARY KEY("provider","entry")
);
--> statement-breakpoint
CREATE TABLE "settlement_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"state" text NOT NULL,
	"lines" integer DEFAULT 0 NOT NULL,
	"matched" integer DEFAULT 0 NOT NULL,
	"suspended" integer DEFAULT 0 NOT NULL,
	"settled" integer DEFAULT 0 NOT NULL,
	"missing" integer DEFAULT 0 NOT NULL,
	"balances" jsonb,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settlements" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL
);
--> statement-breakpoint
CREATE INDEX "line_steps_settlement_index" ON "line_steps" USING btree ("settlement");--> statement-breakpoint
CREATE UNIQUE INDEX "line_steps_source_type_source_id_index" ON "line_steps" USING btree ("source_type","source_id") WHERE step = 'matched';--> statement-breakpoint
CREATE INDEX "provider_lines_created_at_index" ON "provider_lines" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "provider_lines_available_at_index" ON "provider_lines" USING btree ("available_at");--> statement-breakpoint
CREATE INDEX "settlement_runs_created_at_index" ON "settlement_runs" USING btree ("created_at");--> statement-breakpoint
create trigger append_only before update or delete or truncate on provider_lines for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on line_steps for each statement execute function quanheng_refuse_change();
