import { once } from "node:events"
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { type AddressInfo, connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, describe, expect, test } from "vitest"
import { utf8 } from "#contracts/bytes.ts"
import { parseCheckpoint, signCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { parseSignatureLines, verifyCosignatures } from "#contracts/ledger/cosignature.ts"
import { leafHash } from "#contracts/ledger/encoding.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import {
  appendLeaves,
  consistencyProof,
  emptyRange,
  type HashReader,
  rangeRoot,
} from "#contracts/ledger/merkle.ts"
import { formatNote, parseNote, signNote } from "#contracts/ledger/note.ts"
import { makeSigner, sha256, type TestSigner } from "#contracts/ledger/testing/seal.ts"
import { formatKeptProof } from "#contracts/ledger/verify-consistency.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { openWitnessFolder, unlock } from "./folder.ts"
import { fileHeads, type HeadStore, headName } from "./heads.ts"
import { makeWitnessServer } from "./server.ts"

/** A log that can tell two histories: from `forkAt` on its records are others. */
class TestLog {
  readonly signer: TestSigner
  readonly hashes: Uint8Array[] = []
  constructor(signer: TestSigner, forkAt = Number.POSITIVE_INFINITY) {
    this.signer = signer
    for (let i = 0; i < 300; i++)
      this.hashes.push(leafHash(utf8(`${i < forkAt ? "" : "other "}leaf ${i}`), sha256))
  }
  root = (size: number) => rangeRoot(appendLeaves(emptyRange, this.hashes.slice(0, size), sha256), sha256)
  head = (size: number, root = this.root(size)) =>
    signCheckpoint({ origin: this.signer.key.name, size, root }, this.signer.key, this.signer.sign)
  read: HashReader = async (nodes) =>
    nodes.map(({ level, index }) =>
      rangeRoot(
        appendLeaves(emptyRange, this.hashes.slice(index * 2 ** level, (index + 1) * 2 ** level), sha256),
        sha256,
      ),
    )
  async ask(old: number, size: number, checkpoint = this.head(size)): Promise<string> {
    const hashes = old > size ? [] : await consistencyProof(old, size, this.read, sha256)
    return formatKeptProof({ size: old, hashes, checkpoint })
  }
}

const signer = makeSigner("quanheng/test/0a0b0c0d")
const log = new TestLog(signer)
const cleanings: (() => Promise<unknown>)[] = []
afterAll(() => Promise.all(cleanings.map((clean) => clean())))

async function startWitness(wrap: (heads: HeadStore) => HeadStore = (heads) => heads, home?: string) {
  const folder = home ?? (await mkdtemp(join(tmpdir(), "quanheng-witness-")))
  const open = await openWitnessFolder(folder, { name: "test.example/w", logs: [signer.key] })
  const said: string[] = []
  const server = makeWitnessServer({
    ...open,
    heads: wrap(fileHeads(open)),
    now: () => 1_700_000_000,
    say: (sentence) => said.push(sentence),
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await unlock(folder)
  }
  cleanings.push(() => stop().then(() => rm(folder, { recursive: true, force: true })))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const post = async (body: string | Uint8Array) => {
    const answer = await fetch(`${url}/add-checkpoint`, { method: "POST", body: body as BodyInit })
    return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.text() }
  }
  return { folder, key: open.key, url, port, post, said, stop, heads: fileHeads(open) }
}

/** Whether the answer is this witness's cosignature of this checkpoint. */
function cosigns(
  witness: { key: Parameters<typeof verifyCosignatures>[1][number] },
  body: string,
  head: string,
) {
  const lines = parseSignatureLines(body)
  const note = parseNote(head)
  if (isMalformed(lines) || isMalformed(note)) return false
  const verdict = verifyCosignatures(
    { text: note.text, signatures: lines },
    [witness.key],
    nodeCrypto.verifyEd25519,
  )
  return "cosigned" in verdict && verdict.cosigned[0]?.time === 1_700_000_000
}

describe("add-checkpoint", () => {
  test("the first checkpoint, one that continues it, the same again", async () => {
    const witness = await startWitness()
    for (const [old, size] of [
      [0, 3],
      [3, 256],
      [256, 256],
      [256, 257],
    ] as const) {
      const answer = await witness.post(await log.ask(old, size))
      expect([answer.status, cosigns(witness, answer.body, log.head(size))], `${old} → ${size}`).toEqual([
        200,
        true,
      ])
    }
    expect((await witness.heads.read(signer.key.name))?.checkpoint.size).toBe(257)
  })

  test("an empty log, and growth out of it", async () => {
    const witness = await startWitness()
    expect((await witness.post(await log.ask(0, 0))).status).toBe(200)
    expect((await witness.post(await log.ask(0, 5))).status).toBe(200)
  })

  test("another old size than the last is answered with the last, as a number and a newline", async () => {
    const witness = await startWitness()
    await witness.post(await log.ask(0, 7))
    for (const old of [0, 3, 8])
      expect(await witness.post(await log.ask(old, 9))).toEqual({
        status: 409,
        type: "text/x.tlog.size",
        body: "7\n",
      })
  })

  test("rollback is refused", async () => {
    const witness = await startWitness()
    await witness.post(await log.ask(0, 100))
    expect((await witness.post(await log.ask(0, 50))).status).toBe(409)
    expect((await witness.post(await log.ask(50, 50))).status).toBe(409)
    // Old size beyond the checkpoint's: malformed, whatever was cosigned.
    expect((await witness.post(await log.ask(100, 50))).status).toBe(400)
    expect((await witness.heads.read(signer.key.name))?.checkpoint.size).toBe(100)
  })

  test("a second history under the log's own key is refused, and kept as evidence", async () => {
    const witness = await startWitness()
    const fork = new TestLog(signer, 40)
    await witness.post(await log.ask(0, 50))
    expect((await witness.post(await fork.ask(50, 60))).status).toBe(422)
    const sameSize = await witness.post(await fork.ask(50, 50))
    expect([sameSize.status, sameSize.type]).toEqual([409, "text/plain; charset=utf-8"])
    expect(witness.said).toHaveLength(2)
    const kept = await readdir(join(witness.folder, "evidence"))
    const notes = await Promise.all(
      kept.map((name) => readFile(join(witness.folder, "evidence", name), "utf8")),
    )
    expect(notes.sort()).toEqual([fork.head(50), fork.head(60)].sort())
    expect((await witness.post(await log.ask(50, 60))).status).toBe(200)
  })

  test("wrong proofs", async () => {
    const witness = await startWitness()
    const one = "A".repeat(43)
    expect((await witness.post(`old 0\n${one}=\n\n${log.head(5)}`)).status).toBe(422)
    await witness.post(await log.ask(0, 5))
    expect((await witness.post(`old 5\n\n${log.head(9)}`)).status).toBe(422)
    expect((await witness.post(`old 5\n${one}=\n\n${log.head(5)}`)).status).toBe(422)
    const right = await log.ask(5, 9)
    expect((await witness.post(right.replace("\n\n", `\n${one}=\n\n`))).status).toBe(422)
    expect((await witness.post(right)).status).toBe(200)
  })

  test("who signed", async () => {
    const witness = await startWitness()
    const stranger = makeSigner("quanheng/other/0a0b0c0d")
    const namesake = makeSigner(signer.key.name)
    expect((await witness.post(await new TestLog(stranger).ask(0, 5))).status).toBe(404)
    expect((await witness.post(await new TestLog(namesake).ask(0, 5))).status).toBe(403)
    const text = log.head(5).split("\n\n")[0] as string
    const ours = signNote(`${text}\n`, signer.key, signer.sign)
    const theirs = signNote(`${text}\n`, namesake.key, namesake.sign)
    // Unknown keys are ignored; a known key's bad line rejects.
    const [mine] = ours.signatures
    const [other] = theirs.signatures
    if (!mine || !other) throw new Error("two signatures")
    const broken = { ...mine, signature: other.signature }
    const ask = (signatures: (typeof mine)[]) => `old 0\n\n${formatNote({ text: ours.text, signatures })}`
    expect((await witness.post(ask([broken]))).status).toBe(403)
    expect((await witness.post(ask([mine, broken]))).status).toBe(403)
    expect((await witness.post(ask([other, mine]))).status).toBe(200)
    expect((await witness.heads.read(signer.key.name))?.note).not.toContain(other.keyId)
  })

  test("extension lines of other logs are cosigned with the rest", async () => {
    const witness = await startWitness()
    const text = `${log.head(5).split("\n\n")[0]}\nextension of theirs\n`
    expect(parseCheckpoint(text)).toHaveProperty("malformed")
    const head = formatNote(signNote(text, signer.key, signer.sign))
    const answer = await witness.post(`old 0\n\n${head}`)
    expect([answer.status, cosigns(witness, answer.body, head)]).toEqual([200, true])
  })

  test.each([
    ["nothing", ""],
    ["no checkpoint", "old 0\n\n"],
    ["no old size", `\n\n${log.head(5)}`],
    ["an old size with a zero before it", `old 00\n\n${log.head(5)}`],
    ["a negative old size", `old -1\n\n${log.head(5)}`],
    ["an old size beyond 2^53", `old 9999999999999999\n\n${log.head(5)}`],
    ["a proof that is not base64", `old 0\n!\n\n${log.head(5)}`],
    ["a proof of short hashes", `old 0\nAAAA\n\n${log.head(5)}`],
    ["64 hashes", `old 0\n${`${"A".repeat(43)}=\n`.repeat(64)}\n${log.head(5)}`],
    ["carriage returns", `old 0\r\n\r\n${log.head(5)}`],
    ["a checkpoint without a signature", `old 0\n\n${log.head(5).split("\n\n")[0]}\n\n`],
    ["a checkpoint without its last newline", `old 0\n\n${log.head(5).trimEnd()}`],
    ["bytes that are no text", Buffer.from([0xff, 0xfe])],
  ] as const)("malformed: %s", async (_why, body) => {
    const witness = await startWitness()
    expect((await witness.post(body)).status).toBe(400)
  })
})

describe("any order of requests of two histories", () => {
  test("never takes the witness back or across, and each 200 is a cosignature of what continues the last", async () => {
    const witness = await startWitness()
    const fork = new TestLog(signer, 20)
    let last: { history: TestLog; size: number } | null = null
    const requests = fc.array(fc.tuple(fc.boolean(), fc.nat(60), fc.nat(60)), {
      minLength: 60,
      maxLength: 60,
    })
    const [sequence] = fc.sample(requests, { numRuns: 1, seed: 7 })
    for (const [forked, a, b] of sequence ?? []) {
      const history = forked ? fork : log
      const size = Math.max(a, b)
      // Mostly the size that the witness knows, as a log that was told it would send.
      const old: number = b % 3 === 0 ? Math.min(a, b) : (last?.size ?? 0)
      const { status } = await witness.post(await history.ask(old, size))
      const continues: boolean =
        last === null || last.size <= 20 || last.history === history || (last.size === 0 && size >= 0)
      const expected: boolean = old === (last?.size ?? 0) && old <= size && continues
      expect(status === 200, `${forked} ${old} → ${size} after ${last?.size}: ${status}`).toBe(expected)
      if (status === 200) last = { history: size <= 20 ? log : history, size }
    }
    expect(last).not.toBeNull()
  })
})

describe("one at a time", () => {
  test("of twenty requests at once with the same old size one is cosigned", async () => {
    const witness = await startWitness()
    const asks = await Promise.all(Array.from({ length: 20 }, (_, i) => log.ask(0, 10 + i)))
    const answers = await Promise.all(asks.map(witness.post))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...new Array(19).fill(409)])
  })
})

describe("faults in pairs", () => {
  /** Fails the next write, before it or after it. */
  const failing = (moment: { next: "before" | "after" | null }) => (heads: HeadStore) => ({
    ...heads,
    async keep(origin: string, note: string) {
      const { next } = moment
      moment.next = null
      if (next === "before") throw new Error("the disk is full")
      await heads.keep(origin, note)
      if (next === "after") throw new Error("the disk is slow")
    },
  })

  test("not persisted: nothing is cosigned, and the same request is as good as before", async () => {
    const moment: { next: "before" | "after" | null } = { next: "before" }
    const witness = await startWitness(failing(moment))
    const refused = await witness.post(await log.ask(0, 8))
    expect([refused.status, refused.body.includes("—")]).toEqual([500, false])
    expect(await witness.heads.read(signer.key.name)).toBeNull()
    expect((await witness.post(await log.ask(0, 8))).status).toBe(200)
  })

  test("persisted, but told as failed: no cosignature went out, and no other history is taken", async () => {
    const moment: { next: "before" | "after" | null } = { next: "after" }
    const witness = await startWitness(failing(moment))
    expect((await witness.post(await log.ask(0, 30))).status).toBe(500)
    expect(await witness.post(await new TestLog(signer, 20).ask(0, 30))).toMatchObject({
      status: 409,
      body: "30\n",
    })
    expect(await witness.post(await log.ask(0, 30))).toMatchObject({ status: 409, body: "30\n" })
    expect((await witness.post(await log.ask(30, 30))).status).toBe(200)
  })

  test("persisted, but the answer is lost: the log is told the size and asks again", async () => {
    const witness = await startWitness()
    const body = await log.ask(0, 12)
    const socket = connect(witness.port, "127.0.0.1")
    socket.write(
      `POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
    await expect.poll(async () => (await witness.heads.read(signer.key.name))?.checkpoint.size).toBe(12)
    socket.destroy()
    expect(await witness.post(body)).toMatchObject({ status: 409, body: "12\n" })
    const again = await witness.post(await log.ask(12, 12))
    expect(cosigns(witness, again.body, log.head(12))).toBe(true)
  })

  test("a damaged memory is not taken for an empty one", async () => {
    const witness = await startWitness()
    await witness.post(await log.ask(0, 12))
    const file = join(witness.folder, "heads", headName(signer.key.name))
    for (const damaged of ["", log.head(3), (await readFile(file, "utf8")).replace("\n12\n", "\n13\n")]) {
      await writeFile(file, damaged)
      expect((await witness.post(await log.ask(0, 20))).status).toBe(500)
    }
    expect(witness.said.at(-1)).toContain("damaged")
  })
})

describe("the door", () => {
  test("what a person reads", async () => {
    const witness = await startWitness()
    await witness.post(await log.ask(0, 12))
    const page = await (await fetch(witness.url)).text()
    expect(page).toContain("test.example/w")
    expect(page).toContain("12 records")
    const vkey = await (await fetch(`${witness.url}/witness.vkey`)).text()
    expect(page).toContain(vkey.trim())
    const head = await (await fetch(`${witness.url}/checkpoint/${headName(signer.key.name)}`)).text()
    expect(head.startsWith(log.head(12))).toBe(true)
    expect((await fetch(`${witness.url}/checkpoint/${"0".repeat(64)}`)).status).toBe(404)
    expect((await fetch(`${witness.url}/elsewhere`)).status).toBe(404)
    expect((await fetch(witness.url, { method: "DELETE" })).status).toBe(405)
    expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405)
  })

  test("a body without an end is cut off", async () => {
    const witness = await startWitness()
    expect((await witness.post("x".repeat(70_000))).status).toBe(413)
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(16_384)) })
    const sent = fetch(`${witness.url}/add-checkpoint`, {
      method: "POST",
      body: endless,
      duplex: "half",
    } as RequestInit).then(
      ({ status }) => status,
      () => "cut off",
    )
    expect([413, "cut off"]).toContain(await sent)
    expect((await witness.post(await log.ask(0, 1))).status).toBe(200)
  })

  test("key and folder are for their owner only", async () => {
    const witness = await startWitness()
    const mode = async (name: string) => ((await stat(join(witness.folder, name))).mode & 0o777).toString(8)
    expect([await mode("witness.pem"), await mode(".")]).toEqual(["600", "700"])
  })
})

describe("starting again", () => {
  test("key, name and memory stay", async () => {
    const first = await startWitness()
    await first.post(await log.ask(0, 12))
    await first.stop()
    const second = await startWitness((heads) => heads, first.folder)
    expect(second.key).toEqual(first.key)
    expect(await second.post(await log.ask(0, 12))).toMatchObject({ status: 409, body: "12\n" })
  })

  test("not with another name, without its key, or without a name at the very first", async () => {
    const { folder, stop } = await startWitness()
    await stop()
    await expect(openWitnessFolder(folder, { name: "other.example/w", logs: [] })).rejects.toThrow(
      "its name stays",
    )
    await rm(join(folder, "witness.pem"))
    await expect(openWitnessFolder(folder, { name: null, logs: [] })).rejects.toThrow("missing")
    const fresh = await mkdtemp(join(tmpdir(), "quanheng-witness-"))
    cleanings.push(() => rm(fresh, { recursive: true, force: true }))
    await expect(openWitnessFolder(fresh, { name: null, logs: [] })).rejects.toThrow("--name")
  })
})
