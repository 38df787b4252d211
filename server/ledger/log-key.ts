import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto"
import { chmod, readFile } from "node:fs/promises"
import path from "node:path"
import { type VerifierKey, verifierKey } from "#contracts/ledger/note.ts"
import type { SignEd25519 } from "#contracts/ledger/ports.ts"
import { writeDurably } from "./durable-file.ts"
import { nodeCrypto } from "./node-crypto.ts"

/** What signs checkpoints and manifests. Only the worker opens one; everybody else has the verifier key. */
export type LogSigner = { readonly key: VerifierKey; readonly sign: SignEd25519 }

/** A private key without its log's name, which is part of the key's id. */
export type LogKey = { readonly publicKey: Uint8Array; signerOf(origin: string): LogSigner }

export type LogKeySource = {
  /** The data folder; the key lies in `keys/log.pem` (PKCS #8), readable by its owner only. */
  readonly home: string
  /** The same PEM from outside (environment, secret store) in place of the file. */
  readonly pem?: string
}

const keyFile = (home: string): string => path.join(home, "keys", "log.pem")

/** The log's key, or null when there is none yet. Throws on what is not an Ed25519 private key. */
export async function openLogKey({ home, pem }: LogKeySource): Promise<LogKey | null> {
  const text = pem ?? (await readOrNull(keyFile(home)))
  return text === null ? null : logKey(createPrivateKey(text))
}

/** Makes the log's key. Never over one that exists: openLogKey has answered null. */
export async function createLogKey(home: string): Promise<LogKey> {
  const { privateKey } = generateKeyPairSync("ed25519")
  const file = keyFile(home)
  await writeDurably(file, privateKey.export({ format: "pem", type: "pkcs8" }).toString(), 0o600)
  await chmod(path.dirname(file), 0o700)
  return logKey(privateKey)
}

function logKey(privateKey: KeyObject): LogKey {
  if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("the log's key is not an Ed25519 key")
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" })
  const publicKey = new Uint8Array(spki.subarray(-32))
  return {
    publicKey,
    signerOf: (origin) => ({
      key: verifierKey(origin, publicKey, nodeCrypto.sha256),
      sign: (message) => sign(null, message, privateKey),
    }),
  }
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}
