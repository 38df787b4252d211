import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto"
import { link, mkdir, readdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { type CosignerKey, cosignerKey, formatCosignerKey } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { formatVerifierKey, parseVerifierKey, sameKey, type VerifierKey } from "#contracts/ledger/note.ts"
import type { SignEd25519 } from "#contracts/ledger/ports.ts"
import type { Rotation } from "#contracts/ledger/rotation.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { readOrNull, writeDurably } from "./durable-file.ts"

/**
 * A witness's folder, all that it has:
 *
 *     witness.pem     its private key (PKCS #8), readable by its owner only; made at the first start
 *     witness.vkey    its verifier key, for markets and for verifiers' policies
 *     logs.txt        verifier keys of the logs that it watches, one a line
 *     heads/          of each log the last checkpoint that it cosigned
 *     evidence/       checkpoints that a log signed and that contradict an earlier one
 *     lock            the process that uses the folder
 */
export type WitnessFolder = {
  readonly home: string
  readonly key: CosignerKey
  readonly sign: SignEd25519
  readonly logs: readonly VerifierKey[]
}

export type Beginning = {
  readonly name: string | null
  readonly logs: readonly VerifierKey[]
  /** Changes of a watched log's key (contracts/ledger/rotation.ts), to be followed in their order. */
  readonly rotations?: readonly Rotation[]
}

/** Opens the folder for this process alone, making what is missing. Throws a plain sentence. */
export async function openWitnessFolder(
  home: string,
  { name, logs, rotations = [] }: Beginning,
): Promise<WitnessFolder> {
  await mkdir(home, { recursive: true, mode: 0o700 })
  await lock(home)
  try {
    const { key, privateKey } = await openKey(home, name)
    const known = await followRotations(home, await addLogs(home, logs), rotations)
    return { home, key, logs: known, sign: (message) => new Uint8Array(sign(null, message, privateKey)) }
  } catch (error) {
    await unlock(home)
    throw error
  }
}

const lockFile = (home: string): string => join(home, "lock")

/** Two witnesses with one key and one memory could cosign two histories. */
async function lock(home: string): Promise<void> {
  const own = `${lockFile(home)}.${process.pid}`
  await writeFile(own, `${process.pid}\n`, { mode: 0o600 })
  try {
    // A link appears whole or not at all: nobody reads a lock without its holder.
    while (!(await linked(own, lockFile(home)))) {
      const holder = Number(await readOrNull(lockFile(home)))
      if (holder !== process.pid && (await isAlive(holder))) throw inUse(home, holder)
      await rm(lockFile(home), { force: true })
    }
  } finally {
    await rm(own, { force: true })
  }
  // Of two that found the same dead holder one may have removed the other's new lock: the later one stays.
  await delay(settleMs)
  const holder = Number(await readOrNull(lockFile(home)))
  if (holder !== process.pid) throw inUse(home, holder)
}

const settleMs = 100

const inUse = (home: string, holder: number): Error =>
  new Error(`another process (${holder}) uses ${home}; if that is no witness, remove ${lockFile(home)}`)

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
}

/** A process that was killed and that nobody has waited for still has its number; where /proc is, it tells. */
async function isAlive(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
  const status = await readOrNull(`/proc/${pid}/stat`)
  return status === null || !/\) Z /.test(status)
}

export const unlock = (home: string): Promise<void> => rm(lockFile(home), { force: true })

const keyFile = (home: string): string => join(home, "witness.pem")
export const vkeyFile = (home: string): string => join(home, "witness.vkey")

async function openKey(
  home: string,
  name: string | null,
): Promise<{ key: CosignerKey; privateKey: KeyObject }> {
  const [pem, vkey] = [await readOrNull(keyFile(home)), await readOrNull(vkeyFile(home))]
  if (pem !== null) {
    const privateKey = createPrivateKey(pem)
    const known = vkey?.split("+")[0] ?? name
    if (!known) throw new Error(`${vkeyFile(home)} is missing: give the witness's name again with --name`)
    const key = cosignerKey(known, publicKeyOf(privateKey), nodeCrypto.sha256)
    if (vkey !== null && vkey !== `${formatCosignerKey(key)}\n`)
      throw new Error(`${vkeyFile(home)} is not the verifier key of ${keyFile(home)}`)
    if (name !== null && name !== known) throw new Error(`this witness is called ${known}; its name stays`)
    if (vkey === null) await writeDurably(vkeyFile(home), `${formatCosignerKey(key)}\n`)
    return { key, privateKey }
  }
  if (vkey !== null || (await readdir(join(home, "heads")).catch(() => [])).length > 0)
    throw new Error(
      `the key ${keyFile(home)} is missing; put it back from its backup, or begin in a new folder`,
    )
  if (name === null)
    throw new Error("at its first start a witness is given its name, for ever: --name supervision.example/w1")
  const { privateKey } = generateKeyPairSync("ed25519")
  const key = cosignerKey(name, publicKeyOf(privateKey), nodeCrypto.sha256)
  await writeDurably(keyFile(home), privateKey.export({ format: "pem", type: "pkcs8" }).toString(), 0o600)
  await writeDurably(vkeyFile(home), `${formatCosignerKey(key)}\n`)
  return { key, privateKey }
}

function publicKeyOf(privateKey: KeyObject): Uint8Array {
  if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("the witness's key is not an Ed25519 key")
  return new Uint8Array(createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32))
}

const logsFile = (home: string): string => join(home, "logs.txt")

/** The logs watched from now on: those of before and the given ones. A log may have several keys. */
async function addLogs(home: string, given: readonly VerifierKey[]): Promise<VerifierKey[]> {
  const file = logsFile(home)
  const lines = ((await readOrNull(file)) ?? "").split("\n")
  const logs: VerifierKey[] = []
  for (const line of lines.filter((one) => one.trim() !== "" && !one.startsWith("#"))) {
    const key = parseVerifierKey(line.trim(), nodeCrypto.sha256)
    if (isMalformed(key)) throw new Error(`${file}: ${key.malformed}`)
    logs.push(key)
  }
  const fresh = given.filter((key) => !logs.some((known) => sameKey(known, key)))
  logs.push(...fresh)
  if (fresh.length > 0) await writeDurably(file, `${logs.map(formatVerifierKey).join("\n")}\n`)
  return logs
}

/**
 * Puts a log's new key in the place of the one that announced it, so that the old one counts no more. A key that was
 * given up as stolen could have announced anybody's: then the new one has to be given as a log's key too.
 */
async function followRotations(
  home: string,
  logs: readonly VerifierKey[],
  rotations: readonly Rotation[],
): Promise<readonly VerifierKey[]> {
  let known = logs
  for (const { from, to, reason } of rotations) {
    const isKnown = (key: VerifierKey): boolean => known.some((one) => sameKey(one, key))
    if (!isKnown(from) && isKnown(to)) continue
    if (!isKnown(from))
      throw new Error(
        `the change begins with a key that this witness does not trust: ${formatVerifierKey(from)}`,
      )
    if (reason === "compromised" && !isKnown(to))
      throw new Error(
        `the key ${from.keyId} of ${from.name} was given up as stolen, and its thief could have announced another: ask somebody you trust for the new key, and give it with --log beside --rotation`,
      )
    known = [...known.filter((key) => !sameKey(key, from) && !sameKey(key, to)), to]
    await writeDurably(logsFile(home), `${known.map(formatVerifierKey).join("\n")}\n`)
  }
  return known
}
