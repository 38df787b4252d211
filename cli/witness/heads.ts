import { mkdir, readdir } from "node:fs/promises"
import { join } from "node:path"
import { toHex, utf8 } from "#contracts/bytes.ts"
import type { Checkpoint } from "#contracts/ledger/checkpoint.ts"
import { verifyCosignatures } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseNote } from "#contracts/ledger/note.ts"
import { readForeignCheckpoint } from "#contracts/ledger/witness.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { readOrNull, writeDurably } from "./durable-file.ts"
import type { WitnessFolder } from "./folder.ts"

export type KeptHead = { readonly checkpoint: Checkpoint; readonly note: string; readonly time: number }

/**
 * The memory of a witness. The files are all of it: they are read for each decision, so that after a write that
 * failed, or failed and was kept all the same, nothing in memory can say otherwise.
 */
export type HeadStore = {
  /** The last checkpoint that was cosigned, or null. Throws when the file is damaged: that is not "never". */
  read(origin: string): Promise<KeptHead | null>
  /** On disk, name and content, when it returns. */
  keep(origin: string, note: string): Promise<void>
  keepEvidence(note: string): Promise<void>
}

/** The name of a log's file: its origin may hold any character. */
export const headName = (origin: string): string => toHex(nodeCrypto.sha256(utf8(origin)))

const mostEvidence = 200

export function fileHeads({ home, key }: WitnessFolder): HeadStore {
  const fileOf = (origin: string) => join(home, "heads", headName(origin))
  return {
    async read(origin) {
      const file = fileOf(origin)
      const text = await readOrNull(file)
      if (text === null) return null
      const note = parseNote(text)
      if (isMalformed(note)) throw new Error(`${file} is damaged: ${note.malformed}`)
      const checkpoint = readForeignCheckpoint(note.text)
      const own = verifyCosignatures(note, [key], nodeCrypto.verifyEd25519)
      const time = "cosigned" in own ? own.cosigned[0]?.time : undefined
      if (isMalformed(checkpoint) || checkpoint.origin !== origin || time === undefined)
        throw new Error(`${file} is damaged: it is not a checkpoint of ${origin} that this witness cosigned`)
      return { checkpoint, note: text, time }
    },
    keep: (origin, note) => writeDurably(fileOf(origin), note),
    async keepEvidence(note) {
      const folder = join(home, "evidence")
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = headName(note)
      const kept = await readdir(folder)
      if (kept.length < mostEvidence && !kept.includes(name)) await writeDurably(join(folder, name), note)
    },
  }
}
