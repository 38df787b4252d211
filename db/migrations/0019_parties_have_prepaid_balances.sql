CREATE TABLE "balances" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL,
	"party" text
);
--> statement-breakpoint
CREATE TABLE "top_ups" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL,
	"state" text,
	"party" text,
	"rail" text,
	"reference" text
);
--> statement-breakpoint
CREATE TABLE "withdrawals" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL,
	"state" text,
	"party" text,
	"reference" text
);
--> statement-breakpoint
CREATE INDEX "balances_party_index" ON "balances" USING btree ("party");--> statement-breakpoint
CREATE INDEX "top_ups_party_index" ON "top_ups" USING btree ("party");--> statement-breakpoint
CREATE INDEX "top_ups_state_id_index" ON "top_ups" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "top_ups_reference_index" ON "top_ups" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "withdrawals_party_index" ON "withdrawals" USING btree ("party");--> statement-breakpoint
CREATE INDEX "withdrawals_state_id_index" ON "withdrawals" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "withdrawals_reference_index" ON "withdrawals" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "postings_balance_index" ON "postings" USING btree ("account","occurred_at") WHERE account like 'buyer_credit:%';