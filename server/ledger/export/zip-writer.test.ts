import { execFile } from "node:child_process"
import { type FileHandle, mkdir, mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { afterAll, expect, test } from "vitest"
import { fromUtf8 } from "#contracts/bytes.ts"
import { collect } from "#contracts/ledger/bundle.ts"
import { openZip, type RandomAccess } from "#contracts/ledger/zip-bundle.ts"
import { zipFolder } from "./zip-folder.ts"
import { ZipWriter } from "./zip-writer.ts"

const home = await mkdtemp(path.join(tmpdir(), "quanheng-zip-"))
afterAll(() => rm(home, { recursive: true, force: true }))

async function access(file: string): Promise<{ access: RandomAccess; close: () => Promise<void> }> {
  const handle = await open(file, "r")
  const { size } = await handle.stat()
  const read = async (offset: number, length: number) => {
    const bytes = new Uint8Array(length)
    const { bytesRead } = await handle.read(bytes, 0, length, offset)
    if (bytesRead !== length) throw new Error("too short")
    return bytes
  }
  return { access: { size, read }, close: () => handle.close() }
}

/** Python's zipfile reads every entry and checks its CRC: another hand's reader. Answers its names, or skips. */
async function readByPython(file: string): Promise<{ bad: string | null; names: number } | null> {
  const program =
    "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))"
  try {
    const { stdout } = await promisify(execFile)("python3", ["-c", program, file])
    const [bad, names] = stdout.trim().split(" ") as [string, string]
    return { bad: bad === "None" ? null : bad, names: Number(names) }
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null
    throw error
  }
}

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(home, "folder-"))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content)
  }
  return folder
}

test("a folder is packed small and large, stored and deflated, and read by us and by Python", async () => {
  const files = {
    "a.txt": "hello",
    empty: "",
    "tile/0/000": "x".repeat(9000),
    "large.jsonl": "0123456789".repeat(90_000),
  }
  const target = path.join(home, "plain.zip")
  const told: number[] = []
  await zipFolder(await folderOf(files), target, async (bytes) => void told.push(bytes))
  const { access: file, close } = await access(target)
  const zip = await openZip(file)
  for (const [name, content] of Object.entries(files))
    expect(fromUtf8(await collect(zip.stream(name), name, 1_000_000))).toBe(content)
  await close()
  expect(told.at(-1)).toBe(Object.values(files).join("").length)
  expect((await readByPython(target)) ?? { bad: null, names: 4 }).toEqual({ bad: null, names: 4 })
})

test("more than 65,535 entries need zip64, and have it", async () => {
  const target = path.join(home, "many.zip")
  // Written at once: a hundred thousand small writes take ten seconds.
  const parts: Uint8Array[] = []
  const handle = {
    async write(bytes: Uint8Array, from: number, length: number) {
      parts.push(Buffer.from(bytes.subarray(from, from + length)))
      return { bytesWritten: length }
    },
  }
  const writer = new ZipWriter(handle as unknown as FileHandle)
  const one = Buffer.from("1")
  for (let i = 0; i < 65_600; i++) await writer.addWhole(`a/${i}`, one, one, 0)
  await writer.end()
  await writeFile(target, Buffer.concat(parts))
  const { access: file, close } = await access(target)
  const names: string[] = []
  for await (const name of (await openZip(file)).list()) names.push(name)
  await close()
  expect([names.length, names.at(-1)]).toEqual([65_600, "a/65599"])
  expect((await readByPython(target)) ?? { bad: null, names: 65_600 }).toEqual({ bad: null, names: 65_600 })
})

test("an entry that changes while it is packed is no entry", async () => {
  const folder = await folderOf({ "large.txt": "x".repeat(300_000) })
  const { createReadStream } = await import("node:fs")
  const { createDeflateRaw } = await import("node:zlib")
  const handle = await open(path.join(home, "changed.zip"), "w")
  const packed = new ZipWriter(handle).add(
    "large.txt",
    createReadStream(path.join(folder, "large.txt")),
    299_999,
    createDeflateRaw(),
  )
  await expect(packed).rejects.toThrow("changed")
  await handle.close()
})

// Some 50 s of zeros: `npm run test:large`.
test.skipIf(!process.env.QUANHENG_LARGE)(
  "an entry of more than 4 GiB, and one that begins beyond, are read by us and by Python",
  async () => {
    const folder = await folderOf({ "z-after.txt": "after" })
    await writeFile(path.join(folder, "large.bin"), "")
    await truncate(path.join(folder, "large.bin"), 4_300_000_000)
    const target = path.join(home, "large.zip")
    await zipFolder(folder, target, async () => {})
    const { access: file, close } = await access(target)
    const zip = await openZip(file)
    let length = 0
    for await (const part of zip.stream("large.bin")) length += part.length
    expect(length).toBe(4_300_000_000)
    expect(fromUtf8(await collect(zip.stream("z-after.txt"), "z-after.txt", 10))).toBe("after")
    await close()
  },
  180_000,
)
