CREATE TABLE "log_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL
);
