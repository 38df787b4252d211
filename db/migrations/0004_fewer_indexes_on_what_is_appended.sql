DROP INDEX "thread_entries_index_index";--> statement-breakpoint
DROP INDEX "postings_source_type_source_id_leg_index";--> statement-breakpoint
DROP INDEX "postings_account_index";--> statement-breakpoint
ALTER TABLE "postings" DROP COLUMN "id";--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_source_type_source_id_leg_pk" PRIMARY KEY("source_type","source_id","leg");
