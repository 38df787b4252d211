import { link, readdir, readFile, rename, unlink } from "node:fs/promises"
import path from "node:path"
import { type Checkpoint, readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { syncFolder, writeBeside } from "./durable-file.ts"

/**
 * The last head that was signed, kept outside PostgreSQL: what tells a restored or lagging database from the
 * true one. It is written before the checkpoint's row, which is what the world sees; so nobody can hold a head
 * that this file does not know.
 *
 * Between looking and writing a process may be paused for as long as it likes, and then put an older head in the
 * place of a newer one. So each head also has a file of its own beside it, `checkpoint.<size>`, which is removed only
 * by whoever has written a newer one; what is kept is the largest. Moving `checkpoint` away forgets them all.
 */
export const headFile = (home: string): string => path.join(home, "ledger", "checkpoint")

/** A file is there, and is no checkpoint. */
export class DamagedHeadError extends Error {}

/** The kept head, or null before the first one. Throws DamagedHeadError. */
export async function readKeptHead(home: string): Promise<Checkpoint | null> {
  const file = headFile(home)
  for (;;) {
    const text = await readIfThere(file)
    if (text === null) return null
    const head = readHead(file, text)
    const newest = (await ownFiles(file)).find(({ size }) => size > head.size)
    if (newest === undefined) return head
    const own = await readIfThere(newest.name)
    // It was removed just now, so there is a newer one.
    if (own === null) continue
    const found = readHead(newest.name, own)
    return found.origin === head.origin ? found : head
  }
}

export async function keepHead(home: string, note: string): Promise<void> {
  const file = headFile(home)
  const { size } = readHead(file, note)
  await forgetIfMovedAway(file)
  const temporary = await writeBeside(file, note)
  const own = await secondOf(temporary, file, note)
  await rename(temporary, file)
  await rename(own, `${file}.${size}`)
  await syncFolder(path.dirname(file))
  await removeAll((await ownFiles(file)).filter((own) => own.size < size))
}

/** The same once more: a link, or on a file system that has none, a copy. */
async function secondOf(temporary: string, file: string, note: string): Promise<string> {
  try {
    await link(temporary, `${temporary}.own`)
    return `${temporary}.own`
  } catch {
    return writeBeside(file, note)
  }
}

/** Files of single heads come after `checkpoint` itself: where it is missing, somebody took it away. */
async function forgetIfMovedAway(file: string): Promise<void> {
  const before = await ownFiles(file)
  if (before.length > 0 && (await readIfThere(file)) === null) await removeAll(before)
}

type OwnFile = { readonly name: string; readonly size: number }

/** The files of single heads, the largest first. */
async function ownFiles(file: string): Promise<OwnFile[]> {
  const prefix = `${path.basename(file)}.`
  const names = (await ifThere(readdir(path.dirname(file)))) ?? []
  return names
    .filter((name) => name.startsWith(prefix) && /^[0-9]{1,15}$/.test(name.slice(prefix.length)))
    .map((name) => ({ name: path.join(path.dirname(file), name), size: Number(name.slice(prefix.length)) }))
    .toSorted((a, b) => b.size - a.size)
}

async function removeAll(files: readonly OwnFile[]): Promise<void> {
  for (const { name } of files) await ifThere(unlink(name))
}

const readIfThere = (file: string): Promise<string | null> => ifThere(readFile(file, "utf8"))

async function ifThere<T>(what: Promise<T>): Promise<T | null> {
  try {
    return await what
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}

function readHead(file: string, text: string): Checkpoint {
  const head = readCheckpoint(text)
  if (isMalformed(head)) throw new DamagedHeadError(`${file} is damaged: ${head.malformed}`)
  return head.unverifiedCheckpoint
}
