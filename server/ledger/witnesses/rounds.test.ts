import { once } from "node:events"
import { createServer, type IncomingMessage, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeEach, expect, test } from "vitest"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { cosign, cosignerKey, verifyCosignatures } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey, signatureLine, verifyNote } from "#contracts/ledger/note.ts"
import { makeSigner } from "#contracts/ledger/testing/seal.ts"
import { parseAddCheckpoint, whyNotCosign } from "#contracts/ledger/witness.ts"
import { readHead, readLog } from "../log-store.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { answerLedger } from "../serve.ts"
import { openTestLog } from "../test-log.ts"
import { WitnessRounds } from "./rounds.ts"
import { readPublication, readPublished, readWitnesses } from "./store.ts"
import { readWitnessTargets, type WitnessTarget } from "./targets.ts"

const log = await openTestLog()
const { sql } = log
const sequencer = log.sequencer()
beforeEach(async () => {
  await log.add(3)
  await sequencer.sealOnce()
})

/** A witness that answers as the test says; `honest` is what a true one would. */
async function startWitness(
  name: string,
  behave: (
    honest: (body: string) => { status: number; type?: string; body: string },
  ) => (body: string) => unknown,
) {
  const { key, sign } = makeSigner(name)
  const cosigner = cosignerKey(name, key.publicKey, nodeCrypto.sha256)
  let known: { origin: string; size: number; root: Uint8Array } | null = null
  const vkey = (await readLog(sql))?.vkey ?? ""
  const logKey = parseVerifierKey(vkey, nodeCrypto.sha256)
  if (isMalformed(logKey)) throw new Error(logKey.malformed)
  const honest = (body: string) => {
    const request = parseAddCheckpoint(body)
    if (isMalformed(request)) return { status: 400, body: request.malformed }
    const refused = whyNotCosign(request, [logKey], known, nodeCrypto)
    if (refused?.knownSize !== undefined)
      return { status: refused.status, type: "text/x.tlog.size", body: `${refused.knownSize}\n` }
    if (refused !== null) return { status: refused.status, body: refused.why }
    known = request.checkpoint
    return { status: 200, body: signatureLine(cosign(request.note.text, 1_700_000_000, cosigner, sign)) }
  }
  const asked: { at: number; old: number }[] = []
  const answer = behave(honest)
  const listener: RequestListener = async (request, response) => {
    const body = await textOf(request)
    asked.push({ at: performance.now(), old: Number(/^old (\d+)/.exec(body)?.[1]) })
    const made = (await answer(body)) as { status: number; type?: string; body: string } | null
    if (made === null) return
    response.writeHead(made.status, { "content-type": made.type ?? "text/plain" }).end(made.body)
  }
  const server = createServer(listener)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const target: WitnessTarget = {
    key: cosigner,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  }
  return { target, asked, sign, key: cosigner }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}

function rounds(targets: readonly WitnessTarget[]) {
  const said: string[] = []
  const made = new WitnessRounds({
    sql,
    targets,
    leads: () => true,
    report: (sentence) => said.push(sentence),
  })
  return { round: () => made.round(), said }
}

/** The names on the served checkpoint, the log's first, after checking each. */
async function served(targets: readonly WitnessTarget[]): Promise<{ size: number; by: string[] }> {
  const answer = await answerLedger(sql, "checkpoint")
  const head = readCheckpoint(answer.body)
  if (isMalformed(head)) throw new Error(head.malformed)
  const { origin, vkey } = (await readLog(sql)) ?? { origin: "", vkey: "" }
  const key = parseVerifierKey(vkey, nodeCrypto.sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  expect(verifyNote(head.note, [key], nodeCrypto.verifyEd25519)).toEqual({ verifiedBy: [key] })
  expect(head.note.signatures[0]?.name).toBe(origin)
  const keys = targets.map((target) => target.key)
  const verdict = verifyCosignatures(head.note, keys, nodeCrypto.verifyEd25519)
  if (!("cosigned" in verdict)) throw new Error(`a wrong line of ${verdict.badKey.cosigner} is served`)
  expect(head.note.signatures).toHaveLength(1 + verdict.cosigned.length)
  return { size: head.unverifiedCheckpoint.size, by: verdict.cosigned.map(({ key: one }) => one.cosigner) }
}

const newest = async () => (await readHead(sql))?.size ?? -1
const honestly = (honest: (body: string) => unknown) => honest

test("without witnesses the newest checkpoint is served, and nothing is written", async () => {
  const { round } = rounds([])
  await round()
  expect(await readPublication(sql)).toBeNull()
  expect(await served([])).toEqual({ size: await newest(), by: [] })
})

test("two witnesses: each checkpoint is served once they have had their say, from the size that each knows", async () => {
  const a = await startWitness("a.example/w", honestly)
  const b = await startWitness("b.example/w", honestly)
  const targets = [a.target, b.target]
  const { round, said } = rounds(targets)
  await round()
  const first = await newest()
  expect(await served(targets)).toEqual({ size: first, by: ["a.example/w", "b.example/w"] })
  await log.add(2)
  await sequencer.sealOnce()
  expect(await served(targets)).toEqual({ size: first, by: ["a.example/w", "b.example/w"] })
  await round()
  expect(await served(targets)).toEqual({ size: first + 2, by: ["a.example/w", "b.example/w"] })
  await round()
  expect([a.asked, b.asked].map((asked) => asked.map(({ old }) => old))).toEqual([
    [0, first],
    [0, first],
  ])
  expect(said).toEqual([])
  expect((await readWitnesses(sql)).map(({ trouble }) => trouble)).toEqual([null, null])
  // What is stored stays.
  await expect(sql`delete from cosignatures`).rejects.toThrow()
  await expect(sql`update publications set size = 0`).rejects.toThrow()
})

test("a process that starts anew asks from the size that was cosigned; a lost answer is made good within the round", async () => {
  let lose = true
  const a = await startWitness("lost.example/w", (honest) => (body) => {
    const made = honest(body)
    if (!lose) return made
    lose = false
    return { status: 502, body: "a proxy lost it" }
  })
  await rounds([a.target]).round()
  expect(await served([a.target])).toEqual({ size: await newest(), by: [] })
  await rounds([a.target]).round()
  const size = await newest()
  expect(await served([a.target])).toEqual({ size, by: ["lost.example/w"] })
  expect(a.asked.map(({ old }) => old)).toEqual([0, 0, size])
  // At most one request a second.
  expect((a.asked[2]?.at ?? 0) - (a.asked[1]?.at ?? 0)).toBeGreaterThan(990)
  expect((await readWitnesses(sql))[0]?.trouble).toBeNull()
})

const other = makeSigner("other")
test.each([
  ["an error page", () => () => ({ status: 500, body: "<html>" }), "unfit_answer"],
  ["not knowing the log", () => () => ({ status: 404, body: "" }), "unknown_log"],
  ["another key", () => () => ({ status: 403, body: "" }), "key_refused"],
  [
    "a size that is none",
    () => () => ({ status: 409, type: "text/x.tlog.size", body: "seven\n" }),
    "unfit_answer",
  ],
  [
    "a size without end",
    () => () => ({ status: 409, type: "text/x.tlog.size", body: "9".repeat(40) }),
    "unfit_answer",
  ],
  [
    "the same size again and again",
    () => () => ({ status: 409, type: "text/x.tlog.size", body: "1\n" }),
    "unfit_answer",
  ],
  [
    "a longer log than there is",
    () => () => ({ status: 409, type: "text/x.tlog.size", body: "999999\n" }),
    "ahead",
  ],
  ["another tree", () => () => ({ status: 409, body: "another root" }), "other_history"],
  ["a proof that does not fit", () => () => ({ status: 422, body: "" }), "other_history"],
  ["nothing", () => () => ({ status: 200, body: "" }), "unfit_answer"],
  ["an endless answer", () => () => ({ status: 200, body: "x".repeat(1_000_000) }), "unfit_answer"],
  [
    "a signature of other text",
    (honest) => (body: string) => {
      honest(body)
      const key = cosignerKey("liar.example/w", other.key.publicKey, nodeCrypto.sha256)
      return { status: 200, body: signatureLine(cosign("any\ntext\n", 1, key, other.sign)) }
    },
    "wrong_signature",
  ],
  [
    "its own signature with a bit turned over",
    (honest) => (body: string) => {
      const made = honest(body)
      const at = made.body.length - 8
      return {
        ...made,
        body: made.body.slice(0, at) + (made.body[at] === "A" ? "B" : "A") + made.body.slice(at + 1),
      }
    },
    "wrong_signature",
  ],
] as [string, Parameters<typeof startWitness>[1], string][])(
  "a witness that answers with %s holds nothing up, and its trouble is told",
  async (_what, behave, code) => {
    const liar = await startWitness("liar.example/w", behave)
    const honest = await startWitness(`true.example/${code}`, honestly)
    const targets = [liar.target, honest.target]
    const { round, said } = rounds(targets)
    await round()
    expect(await served(targets)).toEqual({ size: await newest(), by: [honest.key.cosigner] })
    expect((await readWitnesses(sql)).map(({ trouble }) => trouble?.code ?? null)).toEqual([code, null])
    expect(said).toHaveLength(1)
    // Asked again not at once, and the trouble is not told again.
    const times = liar.asked.length
    await log.add(1)
    await sequencer.sealOnce()
    await round()
    expect([liar.asked.length, said.length]).toEqual([times, 1])
    expect(await served(targets)).toEqual({ size: await newest(), by: [honest.key.cosigner] })
  },
)

test("a witness that is down or silent is waited for a few seconds, and what it missed it may sign later", async () => {
  let silent = true
  const slow = await startWitness("slow.example/w", (honest) => (body) => (silent ? null : honest(body)))
  const down: WitnessTarget = {
    ...(await startWitness("down.example/w", honestly)).target,
    url: "http://127.0.0.1:9",
  }
  const targets = [slow.target, down]
  const { round, said } = rounds(targets)
  const began = performance.now()
  await round()
  expect(performance.now() - began).toBeLessThan(6_000)
  expect(await served(targets)).toEqual({ size: await newest(), by: [] })
  expect((await readWitnesses(sql)).map(({ trouble }) => trouble?.code)).toEqual(["slow", "unreachable"])
  expect(said.join("\n")).toContain("did not answer within 3 seconds")
  silent = false
  const again = async () => {
    await round()
    return served(targets)
  }
  await expect
    .poll(again, { timeout: 6_000, interval: 300 })
    .toEqual({ size: await newest(), by: ["slow.example/w"] })
  expect(said.at(-1)).toContain("cosigns again")
}, 20_000)

test("a checkpoint that nobody asks about any more is served all the same", async () => {
  const before = await readPublished(sql)
  expect(before?.size).toBeLessThan(await newest())
  await log.spoil("update checkpoints set created_at = created_at - interval '20 seconds'")
  expect((await readPublished(sql))?.size).toBe(await newest())
})

test("the configuration is read strictly", async () => {
  const { target } = await startWitness("c.example/w", honestly)
  const vkey = (await readWitnesses(sql))[0]?.vkey ?? ""
  expect(readWitnessTargets("")).toEqual([])
  expect(readWitnessTargets(`${vkey} https://w.example/prefix/,\n`)).toMatchObject([
    { url: "https://w.example/prefix" },
  ])
  for (const text of [
    vkey,
    `${vkey} ftp://w.example`,
    `${vkey} not-an-address`,
    "x https://w.example",
    `${vkey} https://a b`,
  ])
    expect(() => readWitnessTargets(text), text).toThrow("QUANHENG_WITNESSES")
  expect(() => readWitnessTargets(`${vkey} https://a.example, ${vkey} https://b.example`)).toThrow("twice")
  expect(target.url).toContain("127.0.0.1")
})
