import type { Bundle } from "#contracts/ledger/bundle.ts"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { openZip, type RandomAccess } from "#contracts/ledger/zip-bundle.ts"
import type { GivenFile, Tampering } from "./protocol.ts"

const chunkBytes = 1024 * 1024

const randomAccess = (file: Blob): RandomAccess => ({
  size: file.size,
  async read(offset, length) {
    const bytes = new Uint8Array(await file.slice(offset, offset + length).arrayBuffer())
    if (bytes.length !== length) throw new Error("the file ends too early")
    return bytes
  },
})

async function* streamBlob(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += chunkBytes)
    yield new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer())
}

export const openGivenZip = (file: Blob): Promise<Bundle> => openZip(randomAccess(file))

/** The files of a chosen folder as a bundle; null when none of them is a manifest. Never whole in memory. */
export function openGivenFolder(files: readonly GivenFile[]): Bundle | null {
  const manifests = files
    .map(({ path }) => path)
    .filter((path) => path === bundleFiles.manifest || path.endsWith(`/${bundleFiles.manifest}`))
  const manifest = manifests.toSorted((a, b) => a.length - b.length)[0]
  if (manifest === undefined) return null
  const prefix = manifest.slice(0, -bundleFiles.manifest.length)
  const byPath = new Map(files.map(({ path, file }) => [path, file]))
  return {
    has: async (path) => byPath.has(prefix + path),
    stream(path) {
      const file = byPath.get(prefix + path)
      if (file === undefined) throw new Error("there is no such file")
      return streamBlob(file)
    },
    async *list() {
      for (const path of byPath.keys()) if (path.startsWith(prefix)) yield path.slice(prefix.length)
    },
  }
}

/** The same bundle but for the lowest bit of one byte of its records: what a forger would have done. */
export async function tamperWith(
  bundle: Bundle,
  where: number,
): Promise<{ bundle: Bundle; tampering: Tampering } | null> {
  const file = bundleFiles.records
  if (!(await bundle.has(file))) return null
  let size = 0
  for await (const part of bundle.stream(file)) size += part.length
  if (size === 0) return null
  const offset = Math.min(size - 1, Math.floor(where * size))
  const from = await byteAt(bundle, file, offset)
  const to = from ^ 1
  async function* changed(path: string): AsyncGenerator<Uint8Array> {
    let at = 0
    for await (const part of bundle.stream(path)) {
      const inside = offset - at
      yield path === file && inside >= 0 && inside < part.length ? part.slice().with(inside, to) : part
      at += part.length
    }
  }
  return {
    bundle: { has: (path) => bundle.has(path), stream: changed, list: () => bundle.list() },
    tampering: { file, offset, from, to },
  }
}

async function byteAt(bundle: Bundle, file: string, offset: number): Promise<number> {
  let at = 0
  for await (const part of bundle.stream(file)) {
    if (offset < at + part.length) return part[offset - at] ?? 0
    at += part.length
  }
  return 0
}
