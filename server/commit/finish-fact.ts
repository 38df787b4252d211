import { createCipheriv, createHmac, hash } from "node:crypto"
import { canonicalJson } from "#contracts/canonical-json.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { PendingFact, ThreadKey } from "../decision.ts"
import { putRandom } from "../random.ts"
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
 * the openings under their owners' keys. `keysOf` answers for every party the fact names. The texts are put together
 * here, for each value is part of two of them; names of members, roles, ids and types need no escapes.
 */
export function finishFact(fact: PendingFact, keysOf: (party: Id<"party">) => PartyKeys): FinishedFact {
  const { subject, actor, type, occurredAt } = fact
  const opened: Openings[] = []
  const body = finishBody(fact, opened)
  const who =
    actor.role === "system"
      ? `{"job":${JSON.stringify(actor.job)},"role":"system"}`
      : `{${commit(opened, actor.party, "/actor", { party: actor.party, user: actor.user })},"role":"${actor.role}"}`
  const threads = fact.threads.map((key) => threadKey(key, keysOf)).sort()
  const listed = threads.length === 0 ? "" : `"${threads.join('","')}"`
  return {
    subject: subject.id,
    version: subject.version,
    // In the order of the leaf, so that the sequencer need not take it apart (ledger/pending-parts.ts).
    fact: `{"actor":${who},"body":{${body}},"occurredAt":"${occurredAt}","threads":[${listed}],"type":"${type}"}`,
    disclosures: opened.map((of) => ({
      owner: of.owner,
      readers: [...new Set([of.owner, ...fact.readers])].join("+"),
      sealed: encryptValues(`[${of.text}]`, keysOf(of.owner), `${subject.id}@${subject.version}:${of.owner}`),
    })),
  }
}

/** What is opened to one owner, as the texts of `Opened` with commas between them. */
type Openings = { readonly owner: Id<"party">; text: string }

/** The members of a body as text, the confidential ones as commitments. */
function finishBody(fact: PendingFact, opened: Openings[]): string {
  const [open, secret] = [fact.body as Record<string, Json>, fact.secret as Record<string, Json>]
  let text = ""
  for (const name of [...Object.keys(open), ...Object.keys(secret)].sort()) {
    const hidden = Object.hasOwn(secret, name)
    if (!hidden && open[name] === undefined) continue
    if (text !== "") text += ","
    text += hidden
      ? `"${name}":{${commit(opened, fact.owner, `/body/${name}`, secret[name] as Json)}}`
      : `"${name}":${JSON.stringify(open[name])}`
  }
  return text
}

/** Commits to a value and notes its opening; answers the commitment as a member. */
function commit(opened: Openings[], owner: Id<"party">, path: string, value: Json): string {
  const text = canonicalJson(value)
  putRandom(scratch, prefix.length, 16)
  const salt = scratch.toString("hex", prefix.length, saltEnd)
  const opening = `["${path}","${salt}",${text}]`
  const others = opened.find((of) => of.owner === owner)
  if (others) others.text += `,${opening}`
  else opened.push({ owner, text: opening })
  return `"commit":"${commitment(`["${path}",${text}]`)}"`
}

/** SHA-256 of prefix, salt (these two stand in `scratch`) and the canonical text of path and value, in hex. */
function commitment(text: string): string {
  // A character is at most three bytes of UTF-8.
  if (saltEnd + 3 * text.length > scratch.length)
    return hash("sha256", Buffer.concat([scratch.subarray(0, saltEnd), Buffer.from(text)]), "hex")
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

const nonce = Buffer.alloc(12)
const plain = Buffer.alloc(16_384)

/**
 * AES-256-GCM as hex: 0x02 ‖ nonce (12) ‖ ciphertext ‖ tag (16); the row it belongs to is authenticated with it. The
 * nonce's first four bytes are the address of the leaf in the key; one that was destroyed is not drawn again. The
 * values are JSON of `Opened[]`.
 */
export function encryptValues(values: string, keys: PartyKeys, context: string): string {
  drawNonce()
  let key = keys.valueKey(nonce)
  for (; key === null; key = keys.valueKey(nonce)) drawNonce()
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context))
  // Bytes to bytes: with texts on either side it takes Node half as long again.
  const bytes =
    3 * values.length > plain.length ? Buffer.from(values) : plain.subarray(0, plain.write(values))
  const sealed = cipher.update(bytes)
  cipher.final()
  return `02${nonce.toString("hex")}${sealed.toString("hex")}${cipher.getAuthTag().toString("hex")}`
}

const address = Buffer.alloc(3)
let addressesLeft = 0

/** Its address goes on from the last one within three random bytes: neighbours share most of the way to their keys. */
function drawNonce(): void {
  if (addressesLeft === 0) {
    putRandom(address, 0, 3)
    addressesLeft = 256
  }
  address.copy(nonce)
  nonce[3] = --addressesLeft
  putRandom(nonce, 4, 8)
}
