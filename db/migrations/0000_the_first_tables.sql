CREATE SEQUENCE "public"."registration_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"account_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"source_type" text NOT NULL,
	"source_id" text NOT NULL,
	"leg" integer NOT NULL,
	"account" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"trade" text,
	"occurred_at" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"giver" text NOT NULL,
	"id" text NOT NULL,
	"digest" text NOT NULL,
	"result" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commands_giver_id_pk" PRIMARY KEY("giver","id")
);
--> statement-breakpoint
CREATE TABLE "dataset_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"dataset" text NOT NULL,
	"party" text NOT NULL,
	"product" text NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"manifest" jsonb,
	"hash" text,
	"refusal" jsonb,
	"measured_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_versions_dataset_number_unique" UNIQUE("dataset","number")
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"id" text PRIMARY KEY NOT NULL,
	"party" text NOT NULL,
	"product" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "datasets_product_unique" UNIQUE("product")
);
--> statement-breakpoint
CREATE TABLE "product_keys" (
	"product" text PRIMARY KEY NOT NULL,
	"wrapped" "bytea",
	"erased_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"party" text NOT NULL,
	"dataset" text NOT NULL,
	"product" text NOT NULL,
	"file_name" text NOT NULL,
	"state" text NOT NULL,
	"total_bytes" bigint NOT NULL,
	"received_bytes" bigint NOT NULL,
	"storage_key" text,
	"version" text,
	"refusal" jsonb,
	"receiver" text,
	"receiver_seen_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "version_files" (
	"version" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"storage_key" text NOT NULL,
	CONSTRAINT "version_files_version_position_pk" PRIMARY KEY("version","position")
);
--> statement-breakpoint
CREATE TABLE "version_profiles" (
	"version" text PRIMARY KEY NOT NULL,
	"profile" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "version_samples" (
	"registration" text PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"checkpoint" text NOT NULL,
	"seed" text NOT NULL,
	"numbers" jsonb NOT NULL,
	"columns" jsonb NOT NULL,
	"rows" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "disclosures" (
	"subject" text NOT NULL,
	"version" integer NOT NULL,
	"owner" text NOT NULL,
	"readers" text[] NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "disclosures_subject_version_owner_pk" PRIMARY KEY("subject","version","owner")
);
--> statement-breakpoint
CREATE TABLE "export_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"party" text,
	"order" jsonb NOT NULL,
	"state" text NOT NULL,
	"done" bigint DEFAULT 0 NOT NULL,
	"total" bigint DEFAULT 0 NOT NULL,
	"bytes" bigint,
	"failure" jsonb,
	"finished_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log" (
	"origin" text PRIMARY KEY NOT NULL,
	"vkey" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pending_facts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"version" integer NOT NULL,
	"fact" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_facts" (
	"index" bigint PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"version" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"leaf" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sequencer" (
	"id" integer PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_entries" (
	"key" text NOT NULL,
	"n" integer NOT NULL,
	"index" bigint NOT NULL,
	CONSTRAINT "thread_entries_key_n_pk" PRIMARY KEY("key","n")
);
--> statement-breakpoint
CREATE TABLE "tiles" (
	"level" integer NOT NULL,
	"index" bigint NOT NULL,
	"hashes" "bytea" NOT NULL,
	CONSTRAINT "tiles_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
CREATE TABLE "listings" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"seller" text GENERATED ALWAYS AS ((row->>'seller')) STORED,
	"registration" text GENERATED ALWAYS AS ((row->>'registration')) STORED,
	"product" text GENERATED ALWAYS AS ((row->>'product')) STORED
);
--> statement-breakpoint
CREATE TABLE "search_entries" (
	"listing" text PRIMARY KEY NOT NULL,
	"tokens" text[] NOT NULL,
	"title_tokens" text[] NOT NULL,
	"domain" text NOT NULL,
	"formats" text[] NOT NULL,
	"uses" text[] NOT NULL,
	"currency" text NOT NULL,
	"price_minor" bigint NOT NULL,
	"band" text NOT NULL,
	"published_at" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"plan" text PRIMARY KEY NOT NULL,
	"free" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"party" text NOT NULL,
	"user" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_party_user_pk" PRIMARY KEY("party","user")
);
--> statement-breakpoint
CREATE TABLE "parties" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"identifier" text GENERATED ALWAYS AS ((row->>'identifier')) STORED
);
--> statement-breakpoint
CREATE TABLE "party_keys" (
	"party" text PRIMARY KEY NOT NULL,
	"blinding" "bytea" NOT NULL,
	"data" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"provider" text NOT NULL,
	"event" text NOT NULL,
	"type" text NOT NULL,
	"object" text NOT NULL,
	"payload" jsonb NOT NULL,
	"applied_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intents" (
	"key" text PRIMARY KEY NOT NULL,
	"payment" text NOT NULL,
	"kind" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"parameters_hash" text NOT NULL,
	"state" text NOT NULL,
	"reference" text,
	"failure" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"trade" text GENERATED ALWAYS AS ((row->>'trade')) STORED,
	"rail" text GENERATED ALWAYS AS ((row->>'rail')) STORED,
	"reference" text GENERATED ALWAYS AS ((row->>'reference')) STORED
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" text PRIMARY KEY NOT NULL,
	"party" text NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"gate" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"party" text GENERATED ALWAYS AS ((row->>'party')) STORED,
	"product" text GENERATED ALWAYS AS ((row->>'product')) STORED
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"buyer" text GENERATED ALWAYS AS ((row->>'buyer')) STORED,
	"deadline" text GENERATED ALWAYS AS ((row->>'deadline')) STORED
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"request" text GENERATED ALWAYS AS ((row->>'request')) STORED
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "freezes" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"target" text GENERATED ALWAYS AS ((row->>'target')) STORED,
	"expires" text GENERATED ALWAYS AS ((row->>'expires')) STORED
);
--> statement-breakpoint
CREATE TABLE "openings" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"hash" text PRIMARY KEY NOT NULL,
	"trade" text NOT NULL,
	"locale" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"trade" text GENERATED ALWAYS AS ((row->>'trade')) STORED,
	"buyer" text GENERATED ALWAYS AS ((row->>'buyer')) STORED
);
--> statement-breakpoint
CREATE TABLE "trades" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL,
	"state" text GENERATED ALWAYS AS ((row->>'state')) STORED,
	"buyer" text GENERATED ALWAYS AS ((row->>'buyer')) STORED,
	"seller" text GENERATED ALWAYS AS ((row->>'seller')) STORED,
	"listing" text GENERATED ALWAYS AS ((row->>'listing')) STORED,
	"deadline" text GENERATED ALWAYS AS ((row->>'deadline')) STORED
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_provider_id_account_id_index" ON "credentials" USING btree ("provider_id","account_id");--> statement-breakpoint
CREATE INDEX "credentials_user_id_index" ON "credentials" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_index" ON "sessions" USING btree ("token");--> statement-breakpoint
CREATE INDEX "sessions_user_id_index" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_started_at_index" ON "sign_in_attempts" USING btree ("started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_index" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "verifications_identifier_index" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "postings_source_type_source_id_leg_index" ON "postings" USING btree ("source_type","source_id","leg");--> statement-breakpoint
CREATE INDEX "postings_account_index" ON "postings" USING btree ("account");--> statement-breakpoint
CREATE INDEX "postings_trade_index" ON "postings" USING btree ("trade");--> statement-breakpoint
CREATE INDEX "dataset_versions_party_id_index" ON "dataset_versions" USING btree ("party","id");--> statement-breakpoint
CREATE INDEX "dataset_versions_hash_index" ON "dataset_versions" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "datasets_party_id_index" ON "datasets" USING btree ("party","id");--> statement-breakpoint
CREATE INDEX "uploads_party_id_index" ON "uploads" USING btree ("party","id");--> statement-breakpoint
CREATE INDEX "uploads_state_created_at_index" ON "uploads" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "version_files_sha256_index" ON "version_files" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "version_samples_version_index" ON "version_samples" USING btree ("version");--> statement-breakpoint
CREATE INDEX "export_runs_party_id_index" ON "export_runs" USING btree ("party","id");--> statement-breakpoint
CREATE UNIQUE INDEX "sealed_facts_subject_version_index" ON "sealed_facts" USING btree ("subject","version");--> statement-breakpoint
CREATE INDEX "thread_entries_index_index" ON "thread_entries" USING btree ("index");--> statement-breakpoint
CREATE INDEX "listings_seller_index" ON "listings" USING btree ("seller");--> statement-breakpoint
CREATE INDEX "listings_state_index" ON "listings" USING btree ("state");--> statement-breakpoint
CREATE INDEX "listings_product_index" ON "listings" USING btree ("product");--> statement-breakpoint
CREATE INDEX "search_entries_tokens_index" ON "search_entries" USING gin ("tokens");--> statement-breakpoint
CREATE INDEX "search_entries_uses_index" ON "search_entries" USING gin ("uses");--> statement-breakpoint
CREATE INDEX "search_entries_domain_index" ON "search_entries" USING btree ("domain");--> statement-breakpoint
CREATE INDEX "search_entries_published_at_listing_index" ON "search_entries" USING btree ("published_at","listing");--> statement-breakpoint
CREATE INDEX "members_user_index" ON "members" USING btree ("user");--> statement-breakpoint
CREATE UNIQUE INDEX "parties_identifier_index" ON "parties" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "parties_state_index" ON "parties" USING btree ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_provider_event_index" ON "inbox" USING btree ("provider","event");--> statement-breakpoint
CREATE INDEX "inbox_applied_at_index" ON "inbox" USING btree ("applied_at");--> statement-breakpoint
CREATE INDEX "payments_trade_index" ON "payments" USING btree ("trade");--> statement-breakpoint
CREATE INDEX "payments_state_index" ON "payments" USING btree ("state");--> statement-breakpoint
CREATE INDEX "payments_reference_index" ON "payments" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "products_party_id_index" ON "products" USING btree ("party","id");--> statement-breakpoint
CREATE INDEX "registrations_state_id_index" ON "registrations" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "registrations_party_index" ON "registrations" USING btree ("party");--> statement-breakpoint
CREATE INDEX "registrations_product_index" ON "registrations" USING btree ("product");--> statement-breakpoint
CREATE INDEX "requests_buyer_index" ON "requests" USING btree ("buyer");--> statement-breakpoint
CREATE INDEX "requests_state_deadline_index" ON "requests" USING btree ("state","deadline");--> statement-breakpoint
CREATE INDEX "rounds_request_index" ON "rounds" USING btree ("request");--> statement-breakpoint
CREATE INDEX "freezes_target_index" ON "freezes" USING btree ("target");--> statement-breakpoint
CREATE INDEX "freezes_state_expires_index" ON "freezes" USING btree ("state","expires");--> statement-breakpoint
CREATE INDEX "grants_trade_index" ON "grants" USING btree ("trade");--> statement-breakpoint
CREATE INDEX "trades_buyer_id_index" ON "trades" USING btree ("buyer","id");--> statement-breakpoint
CREATE INDEX "trades_seller_id_index" ON "trades" USING btree ("seller","id");--> statement-breakpoint
CREATE INDEX "trades_listing_index" ON "trades" USING btree ("listing");--> statement-breakpoint
CREATE INDEX "trades_deadline_index" ON "trades" USING btree ("deadline") WHERE deadline is not null;