CREATE TABLE "corrections" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" json NOT NULL,
	"state" text,
	"reference" text
);
--> statement-breakpoint
CREATE INDEX "corrections_state_id_index" ON "corrections" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "corrections_reference_index" ON "corrections" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "line_steps_provider_entry_index" ON "line_steps" USING btree ("provider","entry") WHERE step = 'suspended';