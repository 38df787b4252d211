import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from "node:crypto"
import { utf8 } from "../../bytes.ts"
import type { Json } from "../../canonical-json.ts"
import { type Journal, journalHash } from "../../escrow.ts"
import { toTime } from "../../time.ts"
import { bodyPath, commitment, type Disclosure } from "../commitment.ts"
import { encodeLeaf, firstPrev, type Leaf, leafHash, leafHashHex } from "../encoding.ts"
import type { FactType } from "../fact.ts"
import { factTypes } from "../fact.ts"
import { type VerifierKey, verifierKey } from "../note.ts"
import type { Sha256, SignEd25519, VerifierCrypto } from "../ports.ts"

/** For tests: seals facts into a log as the sequencer would, from plain values, with fixed salts and times. */
export const sha256: Sha256 = (bytes) => new Uint8Array(Buffer.from(hash("sha256", bytes, "hex"), "hex"))

/** By Node, which is several times faster than the browser's; the vectors test the browser's. */
export const testCrypto: VerifierCrypto = {
  sha256,
  runningSha256: () => {
    const running = createHash("sha256")
    return { update: (bytes) => void running.update(bytes), digest: () => new Uint8Array(running.digest()) }
  },
  verifyEd25519: (publicKey, message, signature) => {
    const x = Buffer.from(publicKey).toString("base64url")
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })
    return verify(null, message, key, signature)
  },
}

export type TestSigner = { readonly key: VerifierKey; readonly sign: SignEd25519 }

export function makeSigner(name: string): TestSigner {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32)
  return { key: verifierKey(name, new Uint8Array(raw), sha256), sign: signerOf(privateKey) }
}

export const signerOf =
  (privateKey: KeyObject): SignEd25519 =>
  (message) =>
    new Uint8Array(sign(null, message, privateKey))

/** What a test says of a fact; `values` holds clear and confidential members alike. */
export type TestFact = {
  readonly type: FactType
  readonly threads: readonly string[]
  readonly values: Readonly<Record<string, Json>>
  readonly journal?: Journal
  readonly role?: string
}

export type SealedLog = {
  readonly origin: string
  readonly leaves: readonly Uint8Array[]
  readonly decoded: readonly Leaf[]
  readonly hashes: readonly Uint8Array[]
  readonly disclosures: readonly Disclosure[]
  readonly journals: readonly { record: number; journal: Journal }[]
}

const startMs = Date.UTC(2026, 0, 1)

export function sealLog(origin: string, facts: readonly TestFact[]): SealedLog {
  const leaves: Uint8Array[] = []
  const decoded: Leaf[] = []
  const disclosures: Disclosure[] = []
  const journals: { record: number; journal: Journal }[] = []
  const threads = new Map<string, { n: number; index: number }>()
  facts.forEach((fact, index) => {
    const last = leaves.at(-1)
    const prev = last === undefined ? firstPrev : leafHashHex(last, sha256)
    const body = bodyOf(fact, index, disclosures)
    if (fact.journal !== undefined) {
      body.journalHash = journalHash(fact.journal)
      journals.push({ record: index, journal: fact.journal })
    }
    const actor = {
      role: fact.role ?? "buyer",
      commit: open(disclosures, index, "/actor", { party: "pty_x" }),
    }
    const leaf: Leaf = {
      v: 1,
      log: origin,
      index,
      prev,
      occurredAt: toTime(startMs + index * 1000),
      at: toTime(startMs + index * 1000 + 20),
      type: fact.type,
      threads: [...fact.threads].sort().map((key) => {
        const before = threads.get(key)
        const n = (before?.n ?? 0) + 1
        threads.set(key, { n, index })
        return [key, n, before?.index ?? null] as const
      }),
      actor,
      body,
    }
    decoded.push(leaf)
    leaves.push(utf8(encodeLeaf(leaf)))
  })
  const hashes = leaves.map((leaf) => leafHash(leaf, sha256))
  return { origin, leaves, decoded, hashes, disclosures, journals }
}

function bodyOf(fact: TestFact, index: number, disclosures: Disclosure[]): Record<string, Json> {
  const body: Record<string, Json> = { ...fact.values }
  for (const name of factTypes[fact.type].secret as readonly string[])
    body[name] = { commit: open(disclosures, index, bodyPath(name), fact.values[name] ?? null) }
  return body
}

function open(disclosures: Disclosure[], index: number, path: string, value: Json): string {
  const salt = sha256(utf8(`${index}${path}`)).subarray(0, 16)
  disclosures.push({ index, path, salt: Buffer.from(salt).toString("hex"), value })
  return commitment(sha256, salt, path, value)
}

type Companions = Pick<SealedLog, "disclosures" | "journals">

/** Chains and hashes leaves that were edited, as whoever holds the database could. */
export function chainLeaves(
  origin: string,
  edited: readonly Leaf[],
  { disclosures, journals }: Companions,
  encode: (leaf: Leaf, index: number) => string = encodeLeaf,
): SealedLog {
  const leaves: Uint8Array[] = []
  const decoded = edited.map((leaf, index) => {
    const last = leaves.at(-1)
    const chained = { ...leaf, index, prev: last === undefined ? firstPrev : leafHashHex(last, sha256) }
    leaves.push(utf8(encode(chained, index)))
    return chained
  })
  const hashes = leaves.map((leaf) => leafHash(leaf, sha256))
  return { origin, leaves, decoded, hashes, disclosures, journals }
}
