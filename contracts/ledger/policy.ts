import { fromUtf8, toHex, utf8 } from "../bytes.ts"
import type { UnverifiedCheckpoint } from "./checkpoint.ts"
import { type CosignerKey, parseCosignerKey, verifyCosignatures } from "./cosignature.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import { parseVerifierKey, type VerifierKey } from "./note.ts"
import type { Sha256, VerifyEd25519 } from "./ports.ts"

/**
 * The trust policy that a verifier holds (c2sp.org/tlog-policy): which logs, which witnesses, and how many of
 * these must have cosigned a checkpoint before it counts. It never comes from a market or out of a bundle.
 *
 *     log <vkey> [<url>]
 *     witness <name> <vkey> [<url>]
 *     group <name> any|all|<k> <name>...
 *     quorum <name>|none
 */
export type Policy = {
  readonly logs: readonly PolicyLog[]
  readonly witnesses: readonly PolicyWitness[]
  /** In the order of their lines: a group only has members from before it. */
  readonly groups: readonly PolicyGroup[]
  /** The name of a witness or group, or null for `quorum none`. */
  readonly quorum: string | null
}
export type PolicyLog = { readonly key: VerifierKey; readonly url: string | null }
export type PolicyWitness = { readonly name: string; readonly key: CosignerKey; readonly url: string | null }
export type PolicyGroup = {
  readonly name: string
  readonly threshold: number
  readonly members: readonly string[]
}

const maxPolicyBytes = 256 * 1024

/** What is being read: names are octets of the file, kept as one character each (latin1) until they are shown. */
type Draft = {
  readonly logs: PolicyLog[]
  readonly witnesses: PolicyWitness[]
  readonly groups: PolicyGroup[]
  readonly defined: Set<string>
  /** Names that are a member of some group: a witness counts in one way only. */
  readonly taken: Set<string>
  quorum: string | null | undefined
}

/**
 * Reads a policy file. Strict, for a misread policy would be a hole: an unknown line, a name that is not defined
 * yet or twice, a missing or second quorum, a file cut off within its last line are malformed, with the line's
 * number. A witness's key of a kind that this verifier cannot check is malformed too, never left out silently.
 */
export function parsePolicy(source: string | Uint8Array, sha256: Sha256): Policy | Malformed {
  const bytes = typeof source === "string" ? utf8(source) : source
  if (bytes.length > maxPolicyBytes) return malformed("a policy is too long")
  const octets = readOctets(bytes)
  if (octets === null) return malformed("a policy has control characters other than tab and newline")
  const lines = octets.split("\n")
  if (lines.pop() !== "") return malformed("a policy's last line has no end: it may be cut off")
  const draft: Draft = {
    logs: [],
    witnesses: [],
    groups: [],
    defined: new Set(),
    taken: new Set(),
    quorum: undefined,
  }
  for (const [at, line] of lines.entries()) {
    const items = line.split(/[ \t]+/).filter((item) => item !== "")
    if (items.length === 0 || items[0]?.startsWith("#")) continue
    const wrong = readLine(items, draft, sha256)
    if (wrong !== null) return malformed(`line ${at + 1}: ${wrong}`)
  }
  const { logs, witnesses, groups, quorum } = draft
  if (quorum === undefined) return malformed("a policy has no quorum line")
  return { logs, witnesses, groups, quorum }
}

function readOctets(bytes: Uint8Array): string | null {
  let text = ""
  for (const byte of bytes) {
    if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a) || byte === 0x7f) return null
    text += String.fromCharCode(byte)
  }
  return text
}

/** What is wrong with the line, or null. */
function readLine([word, ...items]: readonly string[], draft: Draft, sha256: Sha256): string | null {
  if (word === "log") return readLog(items, draft, sha256)
  if (word === "witness") return readWitness(items, draft, sha256)
  if (word === "group") return readGroup(items, draft)
  if (word === "quorum") return readQuorum(items, draft)
  return "it begins with none of log, witness, group, quorum"
}

function readLog(items: readonly string[], { logs }: Draft, sha256: Sha256): string | null {
  const [vkey, url = null] = items
  if (vkey === undefined || items.length > 2) return "a log is its key and perhaps an address"
  const key = parseVerifierKey(textOf(vkey), sha256)
  if (isMalformed(key)) return key.malformed
  if (logs.some((log) => toHex(log.key.publicKey) === toHex(key.publicKey))) return "this key is named twice"
  logs.push({ key, url })
  return null
}

function readWitness(items: readonly string[], draft: Draft, sha256: Sha256): string | null {
  const [name, vkey, url = null] = items
  if (name === undefined || vkey === undefined || items.length > 3)
    return "a witness is a name, its key and perhaps an address"
  const key = parseCosignerKey(textOf(vkey), sha256)
  if (isMalformed(key)) return key.malformed
  if (draft.witnesses.some((known) => toHex(known.key.publicKey) === toHex(key.publicKey)))
    return "this key is named twice"
  const wrong = define(name, draft)
  if (wrong === null) draft.witnesses.push({ name, key, url })
  return wrong
}

function readGroup([name, rule, ...members]: readonly string[], draft: Draft): string | null {
  if (name === undefined || rule === undefined || members.length === 0)
    return "a group is a name, any, all or a number, and its members"
  for (const member of members) {
    if (!draft.defined.has(member)) return `${textOf(member)} is not defined before this line`
    if (draft.taken.has(member)) return `${textOf(member)} is a member already`
    draft.taken.add(member)
  }
  const threshold = rule === "any" ? 1 : rule === "all" ? members.length : wholeNumber(rule)
  if (!(threshold >= 1 && threshold <= members.length)) return "its number is not from 1 to its members"
  const wrong = define(name, draft)
  if (wrong === null) draft.groups.push({ name, threshold, members })
  return wrong
}

const wholeNumber = (text: string): number => (/^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : Number.NaN)

function define(name: string, { defined }: Draft): string | null {
  if (name === "none") return "the name none has its own meaning"
  if (defined.has(name)) return `${textOf(name)} is defined twice`
  defined.add(name)
  return null
}

function readQuorum([name, ...others]: readonly string[], draft: Draft): string | null {
  if (name === undefined || others.length > 0) return "a quorum is one name"
  if (draft.quorum !== undefined) return "there is a quorum already"
  if (name !== "none" && !draft.defined.has(name)) return `${textOf(name)} is not defined before this line`
  draft.quorum = name === "none" ? null : name
  return null
}

/** Octets as people read them; what is not UTF-8 stays as it is. */
function textOf(octets: string): string {
  try {
    return fromUtf8(Uint8Array.from(octets, (character) => character.charCodeAt(0)))
  } catch {
    return octets
  }
}

export type PolicyVerdict = {
  readonly met: boolean
  /** Witnesses of the policy by their names in it, in its order; `time` in Unix seconds. */
  readonly cosigned: readonly { readonly name: string; readonly time: number }[]
  readonly missing: readonly string[]
  /** A witness whose line on the note does not fit: the note is to be rejected. */
  readonly bad: string | null
}

/** Judges the cosignatures of a checkpoint; its log's own signature is checked by `checkHeadSignature`. */
export function judgeCosignatures(
  policy: Policy,
  { note }: UnverifiedCheckpoint,
  verify: VerifyEd25519,
): PolicyVerdict {
  const { witnesses } = policy
  const verdict = verifyCosignatures(
    note,
    witnesses.map(({ key }) => key),
    verify,
  )
  const nameOf = (key: CosignerKey) => textOf(witnesses.find((one) => one.key === key)?.name ?? key.cosigner)
  if ("badKey" in verdict) {
    const missing = witnesses.map(({ name }) => textOf(name))
    return { met: false, cosigned: [], missing, bad: nameOf(verdict.badKey) }
  }
  const signed = new Set(verdict.cosigned.map(({ key }) => key))
  const witnessed = new Set(witnesses.filter(({ key }) => signed.has(key)).map(({ name }) => name))
  return {
    met: isQuorum(policy, witnessed),
    cosigned: verdict.cosigned.map(({ key, time }) => ({ name: nameOf(key), time })),
    missing: witnesses.filter(({ key }) => !signed.has(key)).map(({ name }) => textOf(name)),
    bad: null,
  }
}

/** Whether these witnesses, by their names, are enough. */
export function isQuorum({ groups, quorum }: Policy, witnesses: ReadonlySet<string>): boolean {
  if (quorum === null) return true
  const witnessed = new Set(witnesses)
  for (const { name, threshold, members } of groups)
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name)
  return witnessed.has(quorum)
}

/** The policy's logs of this origin: the keys that a head of that log may be signed with. */
export const logKeysOf = ({ logs }: Policy, origin: string): VerifierKey[] =>
  logs.map(({ key }) => key).filter(({ name }) => name === origin)
