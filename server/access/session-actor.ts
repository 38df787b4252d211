import type { Actor } from "#contracts/actor.ts"
import type { Session } from "./actor-of.ts"

/** Who asks, by their session: the one place where it is made, for doors and for pages that are rendered. */
export function actorOfSession({ user, acting }: Pick<Session, "user" | "acting">): Actor {
  if (!acting) return { kind: "person", user: user.id }
  const { party, roles, memberRole, remit } = acting
  return {
    kind: "user",
    user: user.id,
    party,
    roles,
    memberRole,
    ...(roles.includes("regulator") ? { remit } : {}),
  }
}
