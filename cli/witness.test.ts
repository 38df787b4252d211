import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { afterAll, expect, test } from "vitest"
import { fromUtf8, utf8 } from "#contracts/bytes.ts"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { consistencyProof } from "#contracts/ledger/merkle.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { checkpointOf, type Files, makeBundle, signFiles } from "#contracts/ledger/testing/bundle.ts"
import { log, pristine, signer, size } from "#contracts/ledger/testing/fixture.ts"
import { market as facts } from "#contracts/ledger/testing/market.ts"
import { readerOf as hashesOf, headOf, rotationProof, turned } from "#contracts/ledger/testing/rotated.ts"
import {
  makeSigner,
  type SealedLog,
  sealLog,
  sha256,
  type TestSigner,
} from "#contracts/ledger/testing/seal.ts"
import { change } from "#contracts/ledger/testing/tamper/forged.ts"
import { tileHashReader, tilePath } from "#contracts/ledger/tiles.ts"
import { formatKeptProof } from "#contracts/ledger/verify-consistency.ts"
import { requestExport } from "#server/ledger/export/commands.ts"
import { carryOutExport, exportZip } from "#server/ledger/export/job.ts"
import { readHead, readLog } from "#server/ledger/log-store.ts"
import { answerLedger } from "#server/ledger/serve.ts"
import { openTestLog } from "#server/ledger/test-log.ts"
import { newId, testServices, userOf } from "#server/ledger/test-records.ts"
import { WitnessRounds } from "#server/ledger/witnesses/rounds.ts"
import { readWitnesses } from "#server/ledger/witnesses/store.ts"
import { readWitnessTargets } from "#server/ledger/witnesses/targets.ts"

/** Witnesses as programs of their own, asked over HTTP, and readers who verify with a policy on the command line. */
const command = resolve("cli/quanheng.ts")
const market = await openTestLog()
const services = await testServices(market)
const home = await mkdtemp(join(tmpdir(), "quanheng-witnesses-"))
const running = new Set<ChildProcess>()
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL")
  await rm(home, { recursive: true, force: true })
})

type Program = { child: ChildProcess; url: string; vkey: string; said: () => string }

async function startWitness(name: string, more: readonly string[]): Promise<Program> {
  const child = spawn(
    process.execPath,
    [command, "witness", "--home", join(home, name), "--listen", "127.0.0.1:0", ...more],
    { stdio: ["ignore", "pipe", "pipe"] },
  )
  running.add(child)
  child.once("exit", () => running.delete(child))
  let said = ""
  child.stdout?.on("data", (text) => (said += text))
  child.stderr?.on("data", (text) => (said += text))
  await expect.poll(() => said, { timeout: 20_000 }).toContain("A verifier's policy has")
  const setting = /QUANHENG_WITNESSES="(\S+) (\S+)"/.exec(said)
  return { child, vkey: setting?.[1] ?? "", url: setting?.[2] ?? "", said: () => said }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, "exit")
  child.kill(signal)
  return (await ended)[0] as number | null
}

async function post({ url }: Program, body: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${url}/add-checkpoint`, { method: "POST", body })
  return { status: answer.status, text: await answer.text() }
}

const verify = (args: readonly string[]) =>
  new Promise<{ code: number; out: string }>((done) => {
    execFile(process.execPath, [command, "verify", "--lang", "en", ...args], (error, out, problems) =>
      done({ code: error === null ? 0 : Number(error.code), out: out + problems }),
    )
  })

async function writeBundle(name: string, files: Files): Promise<string> {
  for (const [path, bytes] of files) {
    const file = join(home, name, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }
  return join(home, name)
}

const readerOf = (files: Files) =>
  tileHashReader(size, async (tile) => files.get(tilePath(tile)) as Uint8Array, sha256)

/** The bundle as its market hands it out: with this line under its head. */
function withLine(files: Files, of: SealedLog, line: string): Files {
  const head = fromUtf8(files.get(bundleFiles.checkpoint) as Uint8Array)
  const cosigned = new Map(files).set(bundleFiles.checkpoint, utf8(head + line))
  signFiles(cosigned, of, signer)
  return cosigned
}

test("a history that is told otherwise to a second reader is caught: by the witness, and by the reader's policy", async () => {
  const vkey = formatVerifierKey(signer.key)
  const witness = await startWitness("one", ["--name", "supervision.example/w1", "--log", vkey])
  const policy = join(home, "one.policy")
  await writeFile(policy, `log ${vkey}\nwitness w1 ${witness.vkey}\nquorum w1\n`)
  // The market shows the first reader its log, cosigned.
  const shown = await post(
    witness,
    formatKeptProof({ size: 0, hashes: [], checkpoint: checkpointOf(log, signer) }),
  )
  expect(shown.status).toBe(200)
  const first = await verify([
    await writeBundle("first", withLine(pristine, log, shown.text)),
    "--policy",
    policy,
  ])
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining("Cosigned by w1") })
  // It forks the log after record 260, with its own key, and wants that cosigned too.
  const forked = change(260, (leaf) => ({ ...leaf, at: leaf.at.replace(".020Z", ".021Z") }))
  const fork = makeBundle(forked, signer)
  const ask = (old: number, hashes: readonly Uint8Array[] = []) =>
    post(witness, formatKeptProof({ size: old, hashes, checkpoint: checkpointOf(forked, signer) }))
  expect(await ask(0)).toEqual({ status: 409, text: `${size}\n` })
  expect((await ask(size)).status).toBe(409)
  const proof = await consistencyProof(260, size, readerOf(fork), sha256)
  expect(await ask(260, proof)).toEqual({ status: 409, text: `${size}\n` })
  await expect.poll(() => witness.said()).toContain("another tree of the same size")
  // So the second reader gets the fork without a cosignature, or with the one of the other history.
  const second = await writeBundle("second", fork)
  expect((await verify([second, "--vkey", vkey])).code).toBe(0)
  expect(await verify([second, "--policy", policy])).toMatchObject({
    code: 1,
    out: expect.stringContaining("[quorum_missing]"),
  })
  const borrowed = await writeBundle("borrowed", withLine(fork, forked, shown.text))
  expect(await verify([borrowed, "--policy", policy])).toMatchObject({
    code: 1,
    out: expect.stringContaining("[cosignature_bad]"),
  })
  expect(await end(witness.child, "SIGTERM")).toBe(0)
}, 60_000)

test("a log's new key is not believed until its change is shown; then the old one counts no more", async () => {
  const next = makeSigner(signer.key.name)
  const turn = { at: 40, from: signer, to: next }
  const turnedLog = sealLog(signer.key.name, turned(facts(80), [turn]))
  const ask = async (witness: Program, old: number, at: number, signers: readonly TestSigner[]) => {
    const hashes = await consistencyProof(old, at, hashesOf(turnedLog), sha256)
    return (
      await post(witness, formatKeptProof({ size: old, hashes, checkpoint: headOf(turnedLog, at, signers) }))
    ).status
  }
  const before = await startWitness("keys", ["--name", "w.example/w", "--log", formatVerifierKey(signer.key)])
  expect(await ask(before, 0, 41, [next, signer])).toBe(200)
  expect(await ask(before, 41, 50, [next, signer])).toBe(200)
  expect(await ask(before, 50, 60, [next])).toBe(403)
  await end(before.child, "SIGTERM")
  const file = join(home, "change")
  await writeFile(file, await rotationProof(turnedLog, turn))
  const after = await startWitness("keys", ["--rotation", file])
  expect(await ask(after, 50, 60, [signer])).toBe(403)
  expect(await ask(after, 50, 60, [next])).toBe(200)
  await end(after.child, "SIGTERM")
}, 60_000)

test("a market and its witnesses: sealed, cosigned, served, taken home, verified with the reader's policy", async () => {
  await market.add(5)
  const sequencer = market.sequencer()
  await sequencer.sealOnce()
  const vkey = (await readLog(market.sql))?.vkey ?? ""
  const keyFile = join(home, "log.vkey")
  await writeFile(keyFile, `${vkey}\n`)
  const a = await startWitness("a", ["--name", "a.example/w", "--log", keyFile])
  const b = await startWitness("b", ["--name", "b.example/w", "--log", vkey])
  expect(((await stat(join(home, "a", "witness.pem"))).mode & 0o777).toString(8)).toBe("600")
  const said: string[] = []
  const witnesses = new WitnessRounds({
    sql: market.sql,
    targets: readWitnessTargets(`${a.vkey} ${a.url}, ${b.vkey} ${b.url}`),
    leads: () => sequencer.state.kind === "leading",
    report: (sentence) => said.push(sentence),
  })
  sequencer.start()
  witnesses.start()
  const served = async () => {
    const { body } = await answerLedger(market.sql, "checkpoint")
    const lines = String(body).split("\n")
    return { size: Number(lines[1]), signatures: lines.filter((line) => line.startsWith("—")).length }
  }
  const growTo = async (records: number) => {
    await market.add(40)
    await expect.poll(async () => (await readHead(market.sql))?.size, { timeout: 10_000 }).toBe(records)
  }
  try {
    await growTo(45)
    await expect.poll(served, { timeout: 15_000 }).toEqual({ size: 45, signatures: 3 })
    // Killed in the middle, a witness goes on where it was; without it sealing and publishing go on too.
    await end(b.child, "SIGKILL")
    await growTo(85)
    await expect.poll(served, { timeout: 15_000 }).toEqual({ size: 85, signatures: 2 })
    await expect.poll(() => said.join("\n")).toContain("b.example/w")
    expect((await readWitnesses(market.sql)).map(({ trouble }) => trouble?.code ?? null)).toEqual([
      null,
      "unreachable",
    ])
    const id = newId("export")
    await requestExport(services, userOf("regulator"), { id, from: null, to: null, reason: "inspection" })
    await carryOutExport(services, id)
    const bundle = exportZip(market.home, id)
    const policyOf = async (quorum: string) => {
      const file = join(home, `${quorum}.policy`)
      const lines = [`log ${vkey}`, `witness a ${a.vkey}`, `witness b ${b.vkey}`, "group either any a b"]
      await writeFile(file, `${lines.join("\n")}\nquorum ${quorum}\n`)
      return file
    }
    expect(await verify([bundle, "--policy", await policyOf("either")])).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /Cosigned by a \(2\d{3}-.*\)\. Not by b\. Your policy's quorum is reached\./,
      ),
    })
    expect(await verify([bundle, "--policy", await policyOf("b")])).toMatchObject({
      code: 1,
      out: expect.stringContaining("missing: b. [quorum_missing]"),
    })
    // Started again, it remembers; a second process on its folder is turned away.
    const again = await startWitness("b", [])
    expect(again.vkey).toBe(b.vkey)
    expect(again.said()).toContain("last seen with 45 records")
    const double = spawn(process.execPath, [command, "witness", "--home", join(home, "b")], {
      stdio: "ignore",
    })
    expect((await once(double, "exit"))[0]).toBe(2)
    expect(await (await fetch(again.url)).text()).toContain("45 records")
    expect(await readFile(join(home, "b", "logs.txt"), "utf8")).toBe(`${vkey}\n`)
  } finally {
    await Promise.all([witnesses.stop(), sequencer.stop()])
  }
}, 120_000)
