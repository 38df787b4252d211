CREATE TABLE "pending_batches" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"facts" text NOT NULL
);
--> statement-breakpoint
-- A batch fills a page and stays in it: neither compressed nor put aside in pieces, both of which cost more than they save.
ALTER TABLE "pending_batches" ALTER COLUMN "facts" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "pending_batches" SET (toast_tuple_target = 8160);
--> statement-breakpoint
-- Each that waits, in its order. A line break in a fact of JSON is a blank between its parts.
INSERT INTO "pending_batches" ("id", "facts")
  SELECT "id", "subject" || ' ' || "version" || ' ' || replace("fact", E'\n', ' ') FROM "pending_facts";
--> statement-breakpoint
SELECT setval(pg_get_serial_sequence('pending_batches', 'id'), (SELECT coalesce(max("id"), 0) + 1 FROM "pending_batches"), false);
--> statement-breakpoint
DROP TABLE "pending_facts";
--> statement-breakpoint
-- The facts one by one, for all who only look. `id` is in the order in which they are sealed.
CREATE VIEW "pending_facts" AS
  SELECT b.id * 65536 + l.place AS id, b.id AS batch, split_part(l.line, ' ', 1) AS subject,
    split_part(l.line, ' ', 2)::integer AS version,
    substr(l.line, length(split_part(l.line, ' ', 1)) + length(split_part(l.line, ' ', 2)) + 3) AS fact
  FROM "pending_batches" b
  CROSS JOIN LATERAL unnest(string_to_array(b.facts, E'\n')) WITH ORDINALITY AS l(line, place);
--> statement-breakpoint
-- A writer of the release before adds them one by one.
CREATE FUNCTION "quanheng_add_fact"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  insert into pending_batches (facts)
    values (new.subject || ' ' || new.version || ' ' || replace(new.fact, E'\n', ' '));
  return new;
end $$;
--> statement-breakpoint
CREATE TRIGGER "added" INSTEAD OF INSERT ON "pending_facts" FOR EACH ROW EXECUTE FUNCTION "quanheng_add_fact"();
