import { createHash, randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { afterAll, describe, expect, it } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import { versionHash } from "#contracts/dataset.ts"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { testDatabase } from "#db/test-database.ts"
import { makeDiskStore } from "../storage/disk.ts"
import { eraseProductKey } from "./product-keys.ts"
import { loadProfile, loadVersion } from "./store.ts"
import { claimUpload, loadUpload, type Upload } from "./upload-store.ts"
import { endUpload, openUpload, readUpload, sendUpload, sweepUploads } from "./uploads.ts"
import { drawForRegistration, measureVersion, withVersionFile } from "./versions.ts"

const database = await testDatabase()
const home = mkdtempSync(join(tmpdir(), "quanheng-uploads-"))
afterAll(() => rmSync(home, { recursive: true }))

const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(10))
const needs = {
  sql: database.sql,
  files: makeDiskStore(join(home, "files")),
  newId,
  config: { home, masterKey: randomBytes(32) },
}
const sellerOf = (party: Id<"party">): UserActor => ({
  kind: "user",
  user: newId("user"),
  party,
  roles: ["seller"],
  memberRole: "administrator",
})
const seller = sellerOf(newId("party"))
const stored = () =>
  readdirSync(join(home, "files"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile())

async function open(bytes: number, fileName = "weather.csv", dataset?: Id<"dataset">): Promise<Upload> {
  const upload = await openUpload(needs, seller, {
    id: newId("upload"),
    fileName,
    bytes,
    ...(dataset ? { dataset } : {}),
  })
  if (isRefusal(upload)) throw new Error(upload.refused)
  return upload
}

async function send(upload: Upload, bytes: Uint8Array, offset = 0): Promise<Upload> {
  const sent = await sendUpload(needs, seller, upload.id, offset, Readable.from([bytes]))
  if (isRefusal(sent)) throw new Error(sent.refused)
  return sent
}

const weather = readFileSync("node_modules/vega-datasets/data/seattle-weather.csv")
const checkpoint = "quanheng/test/0a1b2c3d\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

describe("an upload", () => {
  it("makes a version, which is measured once, from the sealed file", async () => {
    const upload = await open(weather.length)
    const sent = await send(upload, weather)
    expect(sent).toMatchObject({ state: "complete", receivedBytes: weather.length })
    const id = sent.version as Id<"version">
    expect(await loadVersion(needs.sql, id)).toMatchObject({ state: "measuring", number: 1, manifest: null })
    const jobs = await database.owner.sql`select 1 from graphile_worker.jobs where key = ${`profile:${id}`}`
    expect(jobs).toHaveLength(1)

    await Promise.all([measureVersion(needs, id), measureVersion(needs, id)])
    const version = await loadVersion(needs.sql, id)
    const sha256 = createHash("sha256").update(weather).digest("hex")
    expect(version).toMatchObject({
      state: "measured",
      manifest: { rows: 1461, files: [{ sha256, bytes: 48_219 }] },
    })
    expect(version?.manifest && versionHash(version.manifest)).toBe(version?.hash)
    expect((await loadProfile(needs.sql, id))?.rows).toBe(1461)
    const { result } = await withVersionFile(needs, id, (file) => buffer(file.read()))
    expect(result).toEqual(weather)

    const registration = newId("registration")
    const sample = await drawForRegistration(needs, registration, id, checkpoint)
    expect(sample).toMatchObject({
      columns: ["date", "precipitation", "temp_max", "temp_min", "wind", "weather"],
    })
    const again = await drawForRegistration(needs, registration, id, checkpoint.replace("42", "43"))
    expect(again).toEqual({ ...sample, version: id, checkpoint })

    await eraseProductKey(needs.sql, upload.product)
    await expect(withVersionFile(needs, id, (file) => buffer(file.read()))).rejects.toThrow("product key")
    expect(
      await sendUpload(
        needs,
        seller,
        (await open(5, "b.csv", upload.dataset)).id,
        0,
        Readable.from(["a\n1\n2"]),
      ),
    ).toMatchObject({ refused: "upload_not_open" })
  })

  it("goes on after a break, and numbers the versions of its dataset", async () => {
    const first = await send(await open(4), Buffer.from("a\n1\n"))
    const bytes = Buffer.from(`a\n${"12345678\n".repeat(200_000)}`)
    const upload = await open(bytes.length, "rows.csv", first.dataset)
    async function* broken() {
      yield bytes.subarray(0, 1_100_000)
      throw new Error("connection lost")
    }
    const part = await sendUpload(needs, seller, upload.id, 0, Readable.from(broken()))
    expect(part).toMatchObject({ state: "open", receivedBytes: 1_048_576 })
    const wrong = await sendUpload(needs, seller, upload.id, 1_100_000, Readable.from([bytes]))
    expect(wrong).toMatchObject({ refused: "range_invalid", detail: { received: 1_048_576 } })
    const whole = await send(upload, bytes.subarray(1_048_576), 1_048_576)
    expect(whole.state).toBe("complete")
    const version = await loadVersion(needs.sql, whole.version as Id<"version">)
    expect(version).toMatchObject({ number: 2, dataset: first.dataset, product: first.product })
    const { result } = await withVersionFile(needs, whole.version as Id<"version">, (file) =>
      buffer(file.read()),
    )
    expect(result.equals(bytes)).toBe(true)
  })

  it("that cannot be read makes a refused version, with the row", async () => {
    const bytes = Buffer.from("a,b\n1,2\n3\n")
    const { version } = await send(await open(bytes.length), bytes)
    await measureVersion(needs, version as Id<"version">)
    expect(await loadVersion(needs.sql, version as Id<"version">)).toMatchObject({
      state: "refused",
      refusal: { refused: "file_malformed", detail: { row: 2, line: 3 } },
    })
  })

  it("of an archive is refused at its first bytes, for good", async () => {
    const before = stored().length
    const upload = await open(1_000_000)
    const zip = Readable.from([Buffer.from("504b0304140000000800", "hex")])
    expect(await sendUpload(needs, seller, upload.id, 0, zip)).toMatchObject({ refused: "file_is_archive" })
    expect(await readUpload(needs, seller, upload.id)).toMatchObject({
      state: "refused",
      refusal: { refused: "file_is_archive" },
    })
    expect(stored()).toHaveLength(before)
  })

  it("that is cancelled while it is sent stops and leaves nothing", async () => {
    const before = stored().length
    const upload = await open(10_000_000)
    async function* slow() {
      for (let i = 0; i < 200; i++) {
        yield Buffer.alloc(1000, "1\n")
        await new Promise((next) => setTimeout(next, 50))
      }
    }
    const sending = sendUpload(needs, seller, upload.id, 0, Readable.from(slow()))
    await expect
      .poll(async () => (await loadUpload(needs.sql, upload.id))?.receivedBytes, { timeout: 5000 })
      .toBeGreaterThan(0)
    expect(await sendUpload(needs, seller, upload.id, 0, Readable.from(["x"]))).toMatchObject({
      refused: "too_busy",
    })
    expect(await endUpload(needs, seller, upload.id)).toMatchObject({ state: "cancelled" })
    expect(await sending).toMatchObject({ refused: "upload_not_open" })
    expect(stored()).toHaveLength(before)
  })

  it("opened twice with one id is one upload; of another party it does not exist", async () => {
    const input = { id: newId("upload"), fileName: "../a.csv", bytes: 4 }
    const one = await openUpload(needs, seller, input)
    expect(one).toMatchObject({ fileName: "a.csv" })
    expect(await openUpload(needs, seller, input)).toEqual(one)
    const stranger = sellerOf(newId("party"))
    const missing = { refused: "not_found" }
    expect(await readUpload(needs, stranger, input.id)).toMatchObject(missing)
    expect(await openUpload(needs, stranger, input)).toMatchObject(missing)
    expect(await sendUpload(needs, stranger, input.id, 0, Readable.from(["a\n1\n"]))).toMatchObject(missing)
    const dataset = (one as Upload).dataset
    expect(await openUpload(needs, stranger, { ...input, id: newId("upload"), dataset })).toMatchObject(
      missing,
    )
    expect(await openUpload(needs, { ...seller, roles: ["buyer"] }, input)).toMatchObject({
      refused: "role_not_allowed",
    })
  })

  it("of a receiver that fell silent can be begun again, and one that nobody goes on with is swept", async () => {
    const upload = await open(4)
    await claimUpload(needs.sql, upload.id, "dead")
    await needs.sql`update uploads set receiver_seen_at = now() - interval '1 minute' where id = ${upload.id}`
    expect((await send(upload, Buffer.from("a\n1\n"))).state).toBe("complete")
    const forgotten = await open(4)
    await needs.sql`update uploads set created_at = now() - interval '2 days' where id = ${forgotten.id}`
    expect(await sweepUploads(needs, Date.now())).toBeGreaterThan(0)
    expect(await readUpload(needs, seller, forgotten.id)).toMatchObject({ state: "cancelled" })
  })
})
