import { createReadStream } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import path from "node:path"
import { fromUtf8, toHex } from "#contracts/bytes.ts"
import { bundleFiles, type ManifestFile, manifestNoteText, parseManifest } from "#contracts/ledger/export.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseNote, type VerifierKey, verifyNote } from "#contracts/ledger/note.ts"
import { nodeCrypto } from "../node-crypto.ts"
import type { WrittenBundle } from "./bundle.ts"

/**
 * The bundle that an export left in this folder when it was interrupted later, if it was written whole: its manifest is
 * signed, which is done last, and each file is on the disk as the manifest has it. Else null, and it is written anew.
 */
export async function readWholeBundle(
  folder: string,
  keys: readonly VerifierKey[],
  goOn: () => void,
): Promise<WrittenBundle | null> {
  const [text, signed] = await Promise.all([
    readIfThere(path.join(folder, bundleFiles.manifest)),
    readIfThere(path.join(folder, bundleFiles.manifestNote)),
  ])
  if (text === null || signed === null) return null
  const [manifest, note] = [parseManifest(text), parseNote(signed)]
  if (isMalformed(manifest) || isMalformed(note)) return null
  const { log, range, size, files } = manifest
  if (note.text !== manifestNoteText(log, text, nodeCrypto.sha256)) return null
  const verdict = verifyNote(note, keys, nodeCrypto.verifyEd25519)
  if ("badKey" in verdict || verdict.verifiedBy.length === 0) return null
  for (const file of files) {
    goOn()
    if (!(await isUnchanged(folder, file))) return null
  }
  const there = await readdir(folder, { recursive: true, withFileTypes: true })
  if (there.filter((entry) => !entry.isDirectory()).length !== files.length + 2) return null
  return {
    range,
    size,
    manifestHash: toHex(nodeCrypto.sha256(Buffer.from(text))),
    files: files.length + 2,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return fromUtf8(await readFile(file))
  } catch {
    return null
  }
}

async function isUnchanged(folder: string, { path: name, sha256, bytes }: ManifestFile): Promise<boolean> {
  const hash = nodeCrypto.runningSha256()
  let length = 0
  try {
    for await (const part of createReadStream(path.join(folder, name), { highWaterMark: 256 * 1024 })) {
      hash.update(part as Uint8Array)
      length += (part as Uint8Array).length
    }
  } catch {
    return false
  }
  return length === bytes && toHex(hash.digest()) === sha256
}
