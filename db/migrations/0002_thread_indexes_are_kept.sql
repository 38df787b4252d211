CREATE TABLE "thread_indexes" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"row" jsonb NOT NULL
);
