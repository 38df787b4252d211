CREATE TABLE "chargebacks" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL,
	"state" text,
	"trade" text,
	"reference" text
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL,
	"state" text,
	"reference" text
);
--> statement-breakpoint
ALTER TABLE "intents" ALTER COLUMN "payment" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "chargebacks_trade_index" ON "chargebacks" USING btree ("trade");--> statement-breakpoint
CREATE INDEX "chargebacks_state_id_index" ON "chargebacks" USING btree ("state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "chargebacks_reference_index" ON "chargebacks" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "payouts_state_id_index" ON "payouts" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "payouts_reference_index" ON "payouts" USING btree ("reference");