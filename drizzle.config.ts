import { defineConfig } from "drizzle-kit"

/** Only for `npm run migration`; migrations are applied by db/migrate.ts. `casing` must equal db/client.ts's. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./db/schema/*.ts",
  out: "./db/migrations",
  casing: "snake_case",
})
