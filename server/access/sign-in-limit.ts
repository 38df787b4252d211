import { createHash } from "node:crypto"
import type { Sql } from "postgres"
import { type Refusal, refuse } from "#contracts/refusal.ts"

/**
 * How many attempts may fail within a quarter of an hour. An account's limit is small, for it stops guessing one
 * person's password from many addresses; an address's is larger, for a whole office may stand behind it.
 */
const windowMinutes = 15
const failuresPerAccount = 10
const failuresPerAddress = 100

/** Whose attempts are counted; `address` is null where the front door did not say it. */
export type Attempt = { account: string; address: string | null }

/**
 * Counts an attempt before it is made, in one atomic step, so that many at once cannot pass together. Refuses
 * `too_many_requests` when a limit is passed. The window runs from its first attempt whatever comes after, so
 * that a stranger who tries on and on does not lock an account for ever.
 */
export async function countAttempt(sql: Sql, attempt: Attempt): Promise<Refusal | null> {
  const limits = limitsOf(attempt)
  const rows = await sql<{ key: string; count: number }[]>`
    insert into sign_in_attempts as a (key, count, started_at)
    select key, 1, now() from unnest(${[...limits.keys()].sort()}::text[]) as t(key) order by key
    on conflict (key) do update set
      count = case when a.started_at < now() - ${windowMinutes} * interval '1 minute' then 1 else a.count + 1 end,
      started_at = case when a.started_at < now() - ${windowMinutes} * interval '1 minute' then now() else a.started_at end
    returning key, count`
  const over = rows.some(({ key, count }) => count > (limits.get(key) ?? 0))
  return over ? refuse("too_many_requests") : null
}

/** A success clears the account's count, takes itself back from the address's, and sweeps what is long over. */
export async function forgetAttempt(sql: Sql, attempt: Attempt): Promise<void> {
  const [account = "", address = ""] = limitsOf(attempt).keys()
  await sql`delete from sign_in_attempts where key = ${account} or started_at < now() - interval '1 day'`
  await sql`update sign_in_attempts set count = count - 1 where key = ${address} and count > 0`
}

/** Keys are hashed: into the field for the e-mail people also type their password. */
function limitsOf({ account, address }: Attempt): Map<string, number> {
  const limits = new Map([[accountKey(account), failuresPerAccount]])
  if (address !== null) limits.set(keyOf("address", address), failuresPerAddress)
  return limits
}

const keyOf = (kind: string, value: string): string =>
  createHash("sha256").update(`${kind}\n${value}`).digest("hex")

/** Under which key attempts at an account are counted. */
export const accountKey = (account: string): string => keyOf("account", account.trim().toLowerCase())
