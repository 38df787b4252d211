ALTER TABLE "commands" DROP CONSTRAINT "commands_giver_id_pk";--> statement-breakpoint
ALTER TABLE "commands" ALTER COLUMN "result" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_id_giver_pk" PRIMARY KEY("id","giver");