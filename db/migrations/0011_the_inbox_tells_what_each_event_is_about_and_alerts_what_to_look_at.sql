CREATE TABLE "alerts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alerts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"code" text NOT NULL,
	"detail" jsonb NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_by" text,
	"note" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provider_cursors" (
	"provider" text NOT NULL,
	"list" text NOT NULL,
	"at" text NOT NULL,
	CONSTRAINT "provider_cursors_provider_list_pk" PRIMARY KEY("provider","list")
);
--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "kind" text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "refusal" text;--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_kind_subject_index" ON "alerts" USING btree ("kind","subject") WHERE closed_at is null;--> statement-breakpoint
-- Events of releases before are about sessions, the only kind that was applied.
update inbox set kind = 'checkout' where type like 'checkout.session.%';
