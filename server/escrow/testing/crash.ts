import type { PaymentProvider } from "../../payments/provider.ts"
import type { Services } from "../../services.ts"

/** A process that died. What it had not done is left undone; its job is taken up again by another. */
export class Crash extends Error {}

export const crashPoints = ["beforeCall", "afterCall", "beforeCommit", "afterCommit"] as const
export type CrashPoint = (typeof crashPoints)[number]

/** Services of a process that dies right after its next commit: nobody gets the answer. */
export function dyingAfterCommit(services: Services): Services {
  const mortal = new Mortal()
  mortal.arm("afterCommit", 0)
  return { ...services, writer: mortal.writer(services.writer) }
}

/**
 * Services of a process that can be made to die: between an intent and its call, after the call and before its
 * outcome is noted, before a commit, and after one whose answer nobody gets.
 */
export class Mortal {
  #armed: { point: CrashPoint; passes: number } | null = null
  died = 0
  /** How often money of a payment was asked to be sent. */
  readonly sent = new Map<string, number>()

  /** Dies at the point after it was passed so many times. */
  arm(point: CrashPoint, passes: number): void {
    this.#armed = { point, passes }
  }

  disarm(): void {
    this.#armed = null
  }

  #pass(point: CrashPoint): void {
    if (this.#armed?.point !== point) return
    if (this.#armed.passes-- > 0) return
    this.#armed = null
    this.died++
    throw new Crash(point)
  }

  #note(payment: string): void {
    this.sent.set(payment, (this.sent.get(payment) ?? 0) + 1)
  }

  provider(provider: PaymentProvider): PaymentProvider {
    const note = (payment: string) => this.#note(payment)
    const pass = (point: CrashPoint) => this.#pass(point)
    return new Proxy(provider, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== "function" || name === "verifyWebhook") return member
        return async (...input: unknown[]) => {
          pass("beforeCall")
          if (name === "transfer" || name === "refund") note((input[0] as { paymentId: string }).paymentId)
          const answer: unknown = await Reflect.apply(member, target, input)
          pass("afterCall")
          return answer
        }
      },
    })
  }

  writer(writer: Services["writer"]): Services["writer"] {
    const pass = (point: CrashPoint) => this.#pass(point)
    return new Proxy(writer, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target)
        if (typeof member !== "function") return member
        const bound = member.bind(target) as (...input: unknown[]) => unknown
        if (name !== "run") return bound
        return async (...input: unknown[]) => {
          pass("beforeCommit")
          const answer = await bound(...input)
          pass("afterCommit")
          return answer
        }
      },
    })
  }
}
