CREATE TABLE "debts" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL,
	"state" text,
	"seller" text,
	"trade" text,
	"payment" text
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL,
	"state" text,
	"trade" text,
	"payment" text,
	"rail" text
);
--> statement-breakpoint
ALTER TABLE "intents" ADD COLUMN "subject" text;--> statement-breakpoint
CREATE INDEX "debts_trade_index" ON "debts" USING btree ("trade");--> statement-breakpoint
CREATE INDEX "debts_seller_state_index" ON "debts" USING btree ("seller","state");--> statement-breakpoint
CREATE INDEX "debts_state_id_index" ON "debts" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "refunds_trade_index" ON "refunds" USING btree ("trade");--> statement-breakpoint
CREATE INDEX "refunds_payment_index" ON "refunds" USING btree ("payment");--> statement-breakpoint
CREATE INDEX "refunds_state_id_index" ON "refunds" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "intents_payment_index" ON "intents" USING btree ("payment");--> statement-breakpoint
CREATE INDEX "intents_subject_index" ON "intents" USING btree ("subject");