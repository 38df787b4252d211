import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto"
import { existsSync } from "node:fs"
import { chmod, readdir, readFile, rm } from "node:fs/promises"
import path from "node:path"
import { toHex } from "#contracts/bytes.ts"
import { type VerifierKey, verifierKey } from "#contracts/ledger/note.ts"
import type { SignEd25519 } from "#contracts/ledger/ports.ts"
import { syncFolder, writeDurably } from "./durable-file.ts"
import { nodeCrypto } from "./node-crypto.ts"

/** What signs checkpoints and manifests. Only the worker and the sequencer open one; everybody else has the verifier key. */
export type LogSigner = { readonly key: VerifierKey; readonly sign: SignEd25519 }

/** A private key without its log's name, which is part of the key's id. */
export type LogKey = {
  readonly publicKey: Uint8Array
  signerOf(origin: string): LogSigner
  /** False once its file has been taken away: then it is not to be used any more, though it is still in memory. */
  isKept(): boolean
}

export type LogKeySource = {
  /**
   * The data folder; the keys lie in `keys/` (PKCS #8), readable by their owner only: the first in `log.pem`, those
   * that took its place in `log-<8 hex of the public key>.pem`.
   */
  readonly home: string
  /** The same PEM from outside (environment, secret store), beside the files. */
  readonly pem?: string
}

const folderOf = (home: string): string => path.join(home, "keys")
const firstFile = "log.pem"
const fileForm = /^log(?:-[0-9a-f]{8})?\.pem$/

/** All keys of the log that are at hand; which of them signs is what the log says. Throws on what is none. */
export async function openLogKeys({ home, pem }: LogKeySource): Promise<LogKey[]> {
  const keys = pem === undefined ? [] : [logKey(createPrivateKey(pem), null)]
  const names = await readdir(folderOf(home)).catch(noneIfMissing)
  for (const name of names.filter((one) => fileForm.test(one)).sort()) {
    const file = path.join(folderOf(home), name)
    keys.push(logKey(createPrivateKey(await readFile(file, "utf8")), file))
  }
  return keys
}

/** Makes the log's first key. Never over one that exists: openLogKeys has answered none. */
export const createLogKey = (home: string): Promise<LogKey> => createKey(home, () => firstFile)

/** Makes the key that is to take the place of the one that signs. */
export const createNextLogKey = (home: string): Promise<LogKey> =>
  createKey(home, (publicKey) => `log-${toHex(publicKey.subarray(0, 4))}.pem`)

async function createKey(home: string, nameOf: (publicKey: Uint8Array) => string): Promise<LogKey> {
  const { privateKey } = generateKeyPairSync("ed25519")
  const file = path.join(folderOf(home), nameOf(rawPublicKey(privateKey)))
  await writeDurably(file, privateKey.export({ format: "pem", type: "pkcs8" }).toString(), 0o600)
  await chmod(path.dirname(file), 0o700)
  return logKey(privateKey, file)
}

/** Destroys the files of these keys. Copies in backups are for whoever keeps those. */
export async function destroyLogKeys(home: string, unwanted: (key: LogKey) => boolean): Promise<number> {
  let destroyed = 0
  for (const name of (await readdir(folderOf(home)).catch(noneIfMissing)).filter((one) =>
    fileForm.test(one),
  )) {
    const file = path.join(folderOf(home), name)
    if (!unwanted(logKey(createPrivateKey(await readFile(file, "utf8")), file))) continue
    await rm(file)
    destroyed += 1
  }
  if (destroyed > 0) await syncFolder(folderOf(home))
  return destroyed
}

function rawPublicKey(privateKey: KeyObject): Uint8Array {
  if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("the log's key is not an Ed25519 key")
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" })
  return new Uint8Array(spki.subarray(-32))
}

function logKey(privateKey: KeyObject, file: string | null): LogKey {
  const publicKey = rawPublicKey(privateKey)
  return {
    publicKey,
    signerOf: (origin) => ({
      key: verifierKey(origin, publicKey, nodeCrypto.sha256),
      sign: (message) => sign(null, message, privateKey),
    }),
    isKept: () => file === null || existsSync(file),
  }
}

function noneIfMissing(error: unknown): string[] {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
  throw error
}
