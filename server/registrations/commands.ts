import { z } from "zod"
import type { Actor, UserActor } from "#contracts/actor.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { registrationOf } from "#contracts/product.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { type Registration, rejectionReasons } from "#contracts/registration.ts"
import { line } from "#contracts/rights.ts"
import { permit } from "../access/permit.ts"
import { findOwnProduct, keepGateAnswer } from "../products/queries.ts"
import type { Services } from "../services.ts"
import * as rules from "./rules.ts"
import { loadRegistration, loadSeller, takeNumber } from "./store.ts"

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

export const submitInput = z.strictObject({ commandId: idOf("command"), product: idOf("product") })
export const approveInput = z.strictObject({ commandId: idOf("command"), registration: idOf("registration") })
export const rejectInput = approveInput.extend({ reason: z.enum(rejectionReasons), note: line(2_000) })

/** Submits the product's evidence for review; what the rights gate refuses stays on the product to be seen. */
export async function submitRegistration(
  services: Services,
  actor: Actor,
  input: z.infer<typeof submitInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "registration.submit")
  if (isRefusal(user)) return user
  let seen: rules.Submission | null = null
  const answer = await services.writer.run(
    { giver: user.party, id: input.commandId, action: "registration.submit", input },
    () => loadSubmission(services, user, input.product),
    (state, now) => {
      seen = state
      const id = state.version === null ? null : registrationOf(state.version.id)
      return id === null ? refuse("profile_not_ready", "file") : rules.submit(state, id, user.user, now)
    },
  )
  if (seen !== null) await keepAnswer(services, seen, answer)
  return answer
}

async function keepAnswer(
  services: Services,
  state: rules.Submission,
  answer: Json | Refusal,
): Promise<void> {
  const at = services.writer.now()
  const refusals = isRefusal(answer) ? rules.submissionProblems(state, at) : []
  await keepGateAnswer(services, state.product, refusals.length > 0 ? { at, refusals } : null)
}

async function loadSubmission(
  services: Services,
  user: UserActor,
  id: Id<"product">,
): Promise<rules.Submission | Refusal> {
  const found = await findOwnProduct(services, user.party, id)
  const seller = await loadSeller(services.sql, user.party)
  if (found === null || seller === null) return refuse("not_found", "product")
  const { product, version } = found
  const registration =
    version === null ? null : await loadRegistration(services.sql, registrationOf(version.id))
  return { seller, product: product.id, draft: product.draft, version, registration }
}

/** The operator approves; the registration gets its number. */
export async function approveRegistration(
  services: Services,
  actor: Actor,
  input: z.infer<typeof approveInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "registration.review")
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "registration.approve", input },
    async (): Promise<{ registration: Registration; number: number } | Refusal> => {
      const registration = await loadRegistration(services.sql, input.registration)
      if (registration === null) return refuse("not_found", "registration")
      // A number is taken only where it can be given.
      const number = registration.state === "submitted" ? await takeNumber(services.sql) : 0
      return { registration, number }
    },
    ({ registration, number }, now) => rules.approve(registration, number, user, now),
  )
}

/** The operator sends it back, with the reason. */
export async function rejectRegistration(
  services: Services,
  actor: Actor,
  input: z.infer<typeof rejectInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "registration.review")
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "registration.reject", input },
    async () =>
      (await loadRegistration(services.sql, input.registration)) ?? refuse("not_found", "registration"),
    (registration, now) => rules.reject(registration, { reason: input.reason, note: input.note }, user, now),
  )
}
