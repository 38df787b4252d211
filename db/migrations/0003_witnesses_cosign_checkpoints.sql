CREATE TABLE "cosignatures" (
	"size" bigint NOT NULL,
	"key_id" text NOT NULL,
	"line" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cosignatures_size_key_id_pk" PRIMARY KEY("size","key_id")
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"size" bigint PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "witnesses" (
	"key_id" text PRIMARY KEY NOT NULL,
	"vkey" text NOT NULL,
	"url" text NOT NULL,
	"place" bigint NOT NULL,
	"trouble" jsonb,
	"trouble_since" timestamp (3) with time zone
);
--> statement-breakpoint
create trigger append_only before update or delete or truncate on cosignatures for each statement execute function quanheng_refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on publications for each statement execute function quanheng_refuse_change();
