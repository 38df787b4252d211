CREATE TABLE "doomed_keys" (
	"erasure" text NOT NULL,
	"address" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "doomed_keys_erasure_address_pk" PRIMARY KEY("erasure","address")
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"subject" text GENERATED ALWAYS AS ((row->>'subject')) STORED
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"target" text GENERATED ALWAYS AS ((row->>'target')) STORED
);
--> statement-breakpoint
CREATE INDEX "erasures_state_id_index" ON "erasures" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "erasures_subject_index" ON "erasures" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "holds_target_index" ON "holds" USING btree ("target");