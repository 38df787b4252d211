import { createHmac } from "node:crypto"
import { type Id, makeId } from "#contracts/ids.ts"

/**
 * What the seeding makes up, derived from the market's own master key: random to everyone else, and the same when
 * a seeding that was cut off runs again. A repeated command's id gets its first answer, so nothing is done twice.
 */
export type SeedSecret = {
  password(email: string): string
  command(what: string): Id<"command">
  upload(what: string): Id<"upload">
}

/** The time in a command's id only sorts it; it must be the same in every run. */
const idTimeMs = Date.UTC(2026, 0, 1)

export function makeSeedSecret(masterKey: Uint8Array): SeedSecret {
  const derive = (use: string) =>
    createHmac("sha256", masterKey).update(`quanheng demo seed\n${use}`).digest()
  return {
    /** 120 bits, without characters that a shell or a terminal would read otherwise. */
    password: (email) => derive(`password\n${email}`).subarray(0, 15).toString("base64url"),
    command: (what) => makeId("command", idTimeMs, derive(`command\n${what}`).subarray(0, 10)),
    upload: (what) => makeId("upload", idTimeMs, derive(`upload\n${what}`).subarray(0, 10)),
  }
}
