import { createHash } from "node:crypto"
import type { World } from "../state/world.ts"
import { ApiError } from "./errors.ts"
import type { Reply } from "./reply.ts"

const keptSeconds = 24 * 3600

/** `kept` is the key within its account: two accounts may use the same. */
export type Keyed = { key: string; kept: string; fingerprint: string }

/**
 * Idempotency keys, by Stripe's rules: the same key with the same request gets the saved answer for 24 hours,
 * errors of the execution and 500s included; with another request it is refused; while the first request is
 * still under way it is a conflict.
 */
export class Idempotency {
  readonly #underWay = new Set<string>()
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  read(
    header: string | string[] | undefined,
    { method, path, body, account }: { method: string; path: string; body: Buffer; account: string | null },
  ): Keyed | null {
    if (typeof header !== "string" || method !== "POST") return null
    if (header === "" || header.length > 255)
      throw new ApiError(
        400,
        { type: "invalid_request_error", message: "Idempotency keys have 1 to 255 characters." },
        false,
      )
    const fingerprint = createHash("sha256").update(`${method} ${path}\n`).update(body).digest("hex")
    return { key: header, kept: account === null ? header : `${account} ${header}`, fingerprint }
  }

  /** Marks the key as under way. Gives the saved answer where there is one, else null; throws on a conflict. */
  begin(keyed: Keyed): Reply | null {
    const saved = this.#world.store.get("answer", keyed.kept)
    if (saved !== undefined && saved.at + keptSeconds > this.#world.now()) {
      if (saved.fingerprint !== keyed.fingerprint)
        throw new ApiError(
          400,
          {
            type: "idempotency_error",
            message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${keyed.key}' if you meant to execute a different request.`,
          },
          false,
        )
      return {
        status: saved.status,
        body: saved.body,
        headers: {
          "content-type": "application/json",
          "idempotent-replayed": "true",
          "original-request": saved.requestId,
          ...(saved.status >= 500 ? { "stripe-should-retry": "false" } : {}),
        },
      }
    }
    if (this.#underWay.has(keyed.kept))
      throw new ApiError(
        409,
        {
          type: "invalid_request_error",
          code: "idempotency_key_in_use",
          message: "There is currently another in-progress request using this Idempotency Key.",
        },
        false,
      )
    this.#underWay.add(keyed.kept)
    return null
  }

  /** Saves the answer; call inside the transaction of what the request did, so that both are kept or neither. */
  keep(keyed: Keyed, requestId: string, reply: Reply): void {
    this.#world.store.put("answer", keyed.kept, {
      fingerprint: keyed.fingerprint,
      status: reply.status,
      body: reply.body,
      requestId,
      at: this.#world.now(),
    })
  }

  end(keyed: Keyed): void {
    this.#underWay.delete(keyed.kept)
  }
}
