CREATE TABLE "reminders" (
	"at" text NOT NULL,
	"trade" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "listings" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "listings" ALTER COLUMN "seller" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "listings" ALTER COLUMN "registration" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "listings" ALTER COLUMN "product" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "parties" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "parties" ALTER COLUMN "identifier" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "payments" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "payments" ALTER COLUMN "trade" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "payments" ALTER COLUMN "rail" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "payments" ALTER COLUMN "reference" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "registrations" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "registrations" ALTER COLUMN "party" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "registrations" ALTER COLUMN "product" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "buyer" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "deadline" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "rounds" ALTER COLUMN "request" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "erasures" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "erasures" ALTER COLUMN "subject" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "freezes" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "freezes" ALTER COLUMN "target" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "freezes" ALTER COLUMN "expires" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "holds" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "holds" ALTER COLUMN "target" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "grants" ALTER COLUMN "trade" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "grants" ALTER COLUMN "buyer" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "trades" ALTER COLUMN "state" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "trades" ALTER COLUMN "buyer" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "trades" ALTER COLUMN "seller" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "trades" ALTER COLUMN "listing" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "trades" ALTER COLUMN "deadline" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "listings" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "parties" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "payments" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "registrations" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "rounds" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "erasures" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "exports" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "freezes" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "holds" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "log_keys" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "openings" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "thread_indexes" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "grants" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
ALTER TABLE "trades" ALTER COLUMN "row" SET DATA TYPE json USING "row"::json;
--> statement-breakpoint
DROP INDEX "trades_deadline_index";
--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "plan" text;
--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "payment" text;
--> statement-breakpoint
ALTER TABLE "trades" ADD COLUMN "grant" text;
--> statement-breakpoint
CREATE INDEX "reminders_at_index" ON "reminders" USING btree ("at");
--> statement-breakpoint
-- Of the release before: it knows no members beside the row.
DROP FUNCTION IF EXISTS "quanheng_commit_1";
--> statement-breakpoint
UPDATE "trades" SET "plan" = "row"->>'plan', "payment" = "row"->>'payment', "grant" = "row"->>'grant';
--> statement-breakpoint
INSERT INTO "reminders" ("at", "trade") SELECT "deadline", "id" FROM "trades" WHERE "deadline" IS NOT NULL;
--> statement-breakpoint
-- Room beside each row for its next versions.
ALTER TABLE "trades" SET (fillfactor = 50);
