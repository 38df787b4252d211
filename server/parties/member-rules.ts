import type { MemberRole } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"

/** Who sits in a party. A refusal, or null where the change may be made. */
export type Members = ReadonlyMap<Id<"user">, MemberRole>

export function refuseAdding(members: Members, user: Id<"user">): Refusal | null {
  return members.has(user) ? refuse("member_exists", "email") : null
}

/** @param role the new one; null takes the seat away. */
export function refuseChanging(members: Members, user: Id<"user">, role: MemberRole | null): Refusal | null {
  const now = members.get(user)
  if (now === undefined) return refuse("not_found", "user")
  const administrators = [...members.values()].filter((one) => one === "administrator").length
  const loses = now === "administrator" && role !== "administrator"
  return loses && administrators === 1 ? refuse("last_administrator", "user") : null
}
