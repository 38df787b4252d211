import { drizzleAdapter } from "better-auth/adapters/drizzle"
import { betterAuth } from "better-auth/minimal"
import type { IdKind } from "#contracts/ids.ts"
import { credentials, sessions, users, verifications } from "#db/schema/access.ts"
import type { Services } from "../services.ts"

/** The market's front door puts the caller's address here, over whatever the caller wrote itself. */
export const clientAddressHeader = "x-client-address"

export const sessionSeconds = 7 * 24 * 60 * 60
export const shortestPassword = 10
export const longestPassword = 128

/** What access needs of Services. */
export type AccessServices = Pick<Services, "sql" | "db" | "config" | "newId">

const idKinds: Readonly<Record<string, IdKind>> = { user: "user", session: "session" }

/**
 * better-auth with e-mail and password, sessions in PostgreSQL, and nothing else: no plugin, and its own HTTP
 * handler is mounted nowhere, so that only what server/access calls can be reached. A session ends after seven
 * days whatever happens; it is not prolonged, because pages cannot set cookies while they render.
 */
export function makeAuth({ db, config, newId }: AccessServices) {
  return betterAuth({
    appName: "Quanheng",
    baseURL: config.publicUrl,
    secret: config.authSecret,
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: { user: users, session: sessions, account: credentials, verification: verifications },
      transaction: true,
    }),
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true },
    // Attempts are counted in sign-in-limit.ts, by account too; better-auth counts by address only.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "error", log: logFailure },
    advanced: {
      cookiePrefix: "quanheng",
      useSecureCookies: isSecure(config),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      database: { generateId: ({ model }) => newId(idKinds[model] ?? "credential") },
    },
  })
}

/** Only what failed and the database's code: the rest holds e-mails and hashes, which have no place in a log. */
function logFailure(_level: string, message: string, ...details: unknown[]): void {
  const codes = details.map((detail) => (detail instanceof Error ? codeOf(detail.cause ?? detail) : ""))
  console.error(["access:", message, ...codes].filter((part) => part !== "").join(" "))
}

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? `(${String(error.code)})` : ""

export type Auth = ReturnType<typeof makeAuth>

/** Cookies are `Secure` in production, and wherever the market is reached over TLS. */
export const isSecure = ({ production, publicUrl }: Services["config"]): boolean =>
  production || publicUrl.startsWith("https:")

const made = new WeakMap<Services["db"], Auth>()

/** The one instance of these services. */
export function authOf(services: AccessServices): Auth {
  let auth = made.get(services.db)
  if (!auth) {
    auth = makeAuth(services)
    made.set(services.db, auth)
  }
  return auth
}
