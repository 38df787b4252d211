/**
 * Every id is `<prefix>_<26 characters>`: a 48-bit millisecond time and 80 random bits in Crockford base32,
 * lower case (the layout of ULID), so that ids sort by time of birth and a prefix tells what a thing is.
 * The maker passes time and random bytes in: this module has neither clock nor chance.
 */
export const prefixes = {
  user: "usr",
  session: "ses",
  credential: "crd",
  party: "pty",
  invitation: "inv",
  dataset: "dst",
  version: "ver",
  upload: "upl",
  product: "prd",
  registration: "reg",
  listing: "lst",
  plan: "pln",
  request: "req",
  round: "rnd",
  match: "mat",
  trade: "trd",
  agreement: "agr",
  payment: "pay",
  refund: "rfd",
  debt: "dbt",
  chargeback: "cbk",
  payout: "pyo",
  correction: "cor",
  balance: "bal",
  topUp: "tup",
  withdrawal: "wdr",
  settlement: "stl",
  bankFile: "bkf",
  bankLine: "bln",
  intent: "int",
  journal: "jnl",
  grant: "gra",
  check: "chk",
  dispute: "dsp",
  attestation: "att",
  freeze: "frz",
  export: "exp",
  index: "idx",
  erasure: "era",
  hold: "hld",
  logKey: "key",
  command: "cmd",
  fact: "fct",
} as const

export type IdKind = keyof typeof prefixes
export type Id<K extends IdKind = IdKind> = `${(typeof prefixes)[K]}_${string}`

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
const shape = /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** @param timeMs milliseconds since 1970, below 2^48. @param random exactly 10 bytes. */
export function makeId<K extends IdKind>(kind: K, timeMs: number, random: Uint8Array): Id<K> {
  if (random.length !== 10) throw new Error("an id needs exactly 10 random bytes")
  let tail = ""
  for (let i = 0; i < 10; i += 5) tail += base32(random.subarray(i, i + 5))
  return `${prefixes[kind]}_${timeText(timeMs)}${tail}`
}

const [timeStart, timeEnd] = [4, 14]

/** A time as it stands in an id; these texts sort as the times do. */
export function timeText(timeMs: number): string {
  let time = ""
  for (let rest = timeMs, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32] + time
  return time
}

/** The time in a text if it is an id; of one that is none anything may come. */
export const timeTextOf = (id: string): string => id.slice(timeStart, timeEnd)

export const hasIdForm = (text: string): boolean => shape.test(text)

/** Five bytes as eight characters: 40 bits fit a number exactly, and numbers are faster than bigints. */
function base32(bytes: Uint8Array): string {
  let value = 0
  for (const byte of bytes) value = value * 256 + byte
  let text = ""
  for (let i = 0; i < 8; i++, value = Math.floor(value / 32)) text = alphabet[value % 32] + text
  return text
}

export function isId<K extends IdKind>(kind: K, text: unknown): text is Id<K> {
  return typeof text === "string" && shape.test(text) && text.startsWith(`${prefixes[kind]}_`)
}

/** The kind that an id's prefix names, or null: what the regulator's one search box asks first. */
export function kindOfId(text: string): IdKind | null {
  if (!shape.test(text)) return null
  const prefix = text.slice(0, 3)
  for (const kind of Object.keys(prefixes) as IdKind[]) if (prefixes[kind] === prefix) return kind
  return null
}
