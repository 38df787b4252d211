import type { Actor } from "#contracts/actor.ts"
import type { Session } from "./actor-of.ts"

/** Who asks, by their session: the one place where it is made, for doors and for pages that are rendered. */
export function actorOfSession({
  user,
  memberships,
  acting,
}: Pick<Session, "user" | "memberships" | "acting">): Actor {
  if (!acting) return { kind: "person", user: user.id }
  const { party, roles, memberRole, remit } = acting
  return {
    kind: "user",
    user: user.id,
    party,
    roles,
    memberRole,
    parties: memberships.map((one) => one.party),
    ...(roles.includes("regulator") ? { remit } : {}),
  }
}
