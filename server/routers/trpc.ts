import { initTRPC, TRPCError } from "@trpc/server"
import type { Actor } from "#contracts/actor.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { isRefusal, type Refusal, refusals, sentence, transient } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"

/** What each call is given: who asks, in which language, under which request id. */
export type Context = {
  services: Services
  actor: Actor
  locale: Locale
  requestId: string
  headers: Headers
  /** Adds a Set-Cookie line to the answer; pages being rendered cannot, and do nothing. */
  setCookie(cookie: string): void
}

/** Carries a refusal through tRPC, whose only way to say no is to throw. */
export class RefusalError extends TRPCError {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super({ code: trpcCode(refusals[refusal.refused].http), message: refusal.refused })
    this.refusal = refusal
  }
}

function trpcCode(http: number): TRPCError["code"] {
  if (http === 401) return "UNAUTHORIZED"
  if (http === 403) return "FORBIDDEN"
  if (http === 404) return "NOT_FOUND"
  if (http === 409) return "CONFLICT"
  if (http === 413) return "PAYLOAD_TOO_LARGE"
  if (http === 422) return "UNPROCESSABLE_CONTENT"
  if (http === 429) return "TOO_MANY_REQUESTS"
  return http >= 500 ? "INTERNAL_SERVER_ERROR" : "BAD_REQUEST"
}

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter({ shape, error, ctx }) {
    const refusal = refusalOf(error)
    const locale = ctx?.locale ?? "en"
    return {
      ...shape,
      message: sentence(refusal, locale),
      data: {
        httpStatus: refusals[refusal.refused].http,
        code: refusal.refused,
        at: refusal.at ?? null,
        detail: refusal.detail ?? null,
        transient: transient(refusal.refused),
        requestId: ctx?.requestId ?? null,
      },
    }
  },
})

function refusalOf(error: TRPCError): Refusal {
  if (error instanceof RefusalError) return error.refusal
  if (error.code === "BAD_REQUEST" || error.code === "PARSE_ERROR")
    return { refused: "invalid_input", ...whereOf(error) }
  if (error.code === "NOT_FOUND") return { refused: "not_found" }
  return { refused: "internal" }
}

/** The path of the first input that zod refused. */
function whereOf(error: TRPCError): { at?: string } {
  const { cause } = error
  if (!cause || !("issues" in cause) || !Array.isArray(cause.issues)) return {}
  const path: unknown = cause.issues[0]?.path
  return Array.isArray(path) ? { at: path.join(".") } : {}
}

/** The one place where a refusal, a value everywhere else, becomes an error. */
const refusing = t.middleware(async ({ next }) => {
  const answer = await next()
  if (answer.ok && isRefusal(answer.data)) throw new RefusalError(answer.data)
  return answer
})

/** The answer of a command or query to a procedure, typed as what the caller gets: a refusal never arrives there. */
export async function answered<Answer>(work: Promise<Answer | Refusal>): Promise<Exclude<Answer, Refusal>> {
  const answer = await work
  if (isRefusal(answer)) throw new RefusalError(answer)
  return answer as Exclude<Answer, Refusal>
}

export const router = t.router
export const procedure = t.procedure.use(refusing)
export const createCallerFactory = t.createCallerFactory
