import { createCipheriv, createHmac, hash } from "node:crypto"
import { canonicalJson } from "#contracts/canonical-json.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { PendingFact, ThreadKey } from "../decision.ts"
import { takeRandom } from "../random.ts"
import type { PartyKeys } from "./key-ring.ts"

/** A fact ready to be written: its final text but for what only the sequencer knows, and its sealed openings. */
export type FinishedFact = {
  subject: string
  version: number
  fact: string
  /** `readers` are joined by plus signs, which PostgreSQL takes without quotes. */
  disclosures: { owner: Id<"party">; readers: string; sealed: string }[]
}

export type Opened = [path: string, salt: string, value: Json]

/** Begins with the prefix of every commitment and holds its salt and value for as long as they are hashed. */
const prefix = Buffer.from("quanheng/commit/v1\n")
const saltEnd = prefix.length + 16
const scratch = Buffer.alloc(65_536)
prefix.copy(scratch)

/**
 * Turns confidential values into commitments with fresh salts (LEDGER §3), blinds the thread keys, and encrypts
 * the openings under their owners' keys. `keysOf` answers for every party the fact names.
 */
export function finishFact(fact: PendingFact, keysOf: (party: Id<"party">) => PartyKeys): FinishedFact {
  const opened = new Map<Id<"party">, Opened[]>()
  const commit = (owner: Id<"party">, path: string, value: Json): { commit: string } => {
    const salt = takeRandom(16)
    const values = opened.get(owner) ?? []
    values.push([path, salt.toString("hex"), value])
    opened.set(owner, values)
    return { commit: commitment(salt, `["${path}",${canonicalJson(value)}]`) }
  }

  const [open, secret] = [fact.body as Record<string, Json>, fact.secret as Record<string, Json>]
  const body: Record<string, Json> = {}
  for (const name of [...Object.keys(open), ...Object.keys(secret)].sort()) {
    body[name] = Object.hasOwn(secret, name)
      ? commit(fact.owner, `/body/${name}`, secret[name] as Json)
      : (open[name] as Json)
  }
  const { actor } = fact
  const who: Json =
    actor.role === "system"
      ? { job: actor.job, role: "system" }
      : { ...commit(actor.party, "/actor", { party: actor.party, user: actor.user }), role: actor.role }
  const threads = fact.threads.map((key) => threadKey(key, keysOf)).sort()

  const { id: subject, version } = fact.subject
  return {
    subject,
    version,
    // In the order of the leaf, so that the sequencer need not take it apart (ledger/pending-parts.ts).
    fact: JSON.stringify({ actor: who, body, occurredAt: fact.occurredAt, threads, type: fact.type }),
    disclosures: [...opened].map(([owner, values]) => ({
      owner,
      readers: [...new Set([owner, ...fact.readers])].join("+"),
      sealed: encryptValues(values, keysOf(owner), `${subject}@${version}:${owner}`),
    })),
  }
}

/** SHA-256 of prefix, salt and the canonical text of path and value, in hex. */
function commitment(salt: Buffer, text: string): string {
  // A character is at most three bytes of UTF-8.
  if (saltEnd + 3 * text.length > scratch.length)
    return hash("sha256", Buffer.concat([prefix, salt, Buffer.from(text)]), "hex")
  salt.copy(scratch, prefix.length)
  return hash("sha256", scratch.subarray(0, saltEnd + scratch.write(text, saltEnd)), "hex")
}

/** The parties whose keys a fact needs. */
export function partiesOf(fact: PendingFact): Id<"party">[] {
  const parties = [fact.owner]
  if (fact.actor.role !== "system") parties.push(fact.actor.party)
  for (const key of fact.threads) {
    if ("party" in key) parties.push(key.party)
    else if ("catalogue" in key) parties.push(key.catalogue)
    else if ("trades" in key) parties.push(key.seller)
  }
  return parties
}

/** `p:` a party's own thread, `c:` its public catalogue, `l:` the trades of a listing; ids stand in clear. */
export function threadKey(key: ThreadKey, keysOf: (party: Id<"party">) => PartyKeys): string {
  if ("id" in key) return key.id
  if ("party" in key) return `p:${blind(keysOf(key.party), `party\n${key.party}`)}`
  if ("catalogue" in key) return `c:${blind(keysOf(key.catalogue), `catalogue\n${key.catalogue}`)}`
  return `l:${blind(keysOf(key.seller), `trades\n${key.trades}`)}`
}

/** One key of a party is asked for with every fact about it, so answers are kept. */
const blinded = new WeakMap<PartyKeys, Map<string, string>>()

function blind(keys: PartyKeys, text: string): string {
  const known = blinded.get(keys) ?? new Map<string, string>()
  blinded.set(keys, known)
  let hex = known.get(text)
  if (hex === undefined) {
    hex = createHmac("sha256", keys.blinding).update(text).digest("hex")
    if (known.size > 10_000) known.clear()
    known.set(text, hex)
  }
  return hex
}

/**
 * AES-256-GCM as hex: 0x02 ‖ nonce (12) ‖ ciphertext ‖ tag (16); the row it belongs to is authenticated with it. The
 * nonce's first four bytes are the address of the leaf in the key; one that was destroyed is not drawn again.
 */
export function encryptValues(values: Opened[], keys: PartyKeys, context: string): string {
  let nonce = takeNonce()
  let key = keys.valueKey(nonce)
  for (; key === null; key = keys.valueKey(nonce)) nonce = takeNonce()
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context))
  const body = cipher.update(JSON.stringify(values), "utf8", "hex") + cipher.final("hex")
  return `02${nonce.toString("hex")}${body}${cipher.getAuthTag().toString("hex")}`
}

let prefixBytes: Buffer = Buffer.alloc(3)
let addressesLeft = 0

/** Its address goes on from the last one within three random bytes: neighbours share most of the way to their keys. */
function takeNonce(): Buffer {
  if (addressesLeft === 0) {
    prefixBytes = takeRandom(3)
    addressesLeft = 256
  }
  const nonce = takeRandom(12)
  nonce.set(prefixBytes)
  nonce[3] = --addressesLeft
  return nonce
}
