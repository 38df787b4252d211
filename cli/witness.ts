import { once } from "node:events"
import { readFile } from "node:fs/promises"
import type { AddressInfo } from "node:net"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { formatCosignerKey } from "#contracts/ledger/cosignature.ts"
import { failure } from "#contracts/ledger/failure.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey, type VerifierKey } from "#contracts/ledger/note.ts"
import { isProblem, type Rotation, readRotation } from "#contracts/ledger/rotation.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { openWitnessFolder, unlock, type WitnessFolder } from "./witness/folder.ts"
import { fileHeads } from "./witness/heads.ts"
import { makeWitnessServer } from "./witness/server.ts"

const usage = `Usage: quanheng witness [--home FOLDER] [--name NAME] [--log KEY]... [--listen HOST:PORT]

A small server that watches logs for you: it remembers the last checkpoint of each, cosigns the next only when it
continues that one, and refuses rollback and forks. It needs nothing of a market but its log's verifier key.

--home     its own folder: key, logs, memory (quanheng-witness). Whoever takes it away takes the memory with it
--name     at the first start: the witness's name for ever, such as supervision.example/w1
--log      verifier key of a log to watch: a file, or the key itself (<market>/ledger/log.vkey). It is remembered
--rotation a change of a watched log's key: a file of <market>/ledger/rotation/<n>. The new key then takes the place
           of the one that announced it
--listen   where to listen (127.0.0.1:7380). Beyond this machine put TLS in front of it

Ctrl-C stops it. c2sp.org/tlog-witness is the protocol, so that any log of that kind can ask it.
`

/** Runs until it is told to stop; every step is told in a sentence. */
export async function run(args: string[]): Promise<number> {
  try {
    const asked = await readRequest(args)
    if (asked === null) {
      process.stdout.write(usage)
      return 0
    }
    const folder = await openWitnessFolder(asked.home, asked)
    try {
      await serve(folder, asked.listen)
    } finally {
      await unlock(folder.home)
    }
    return 0
  } catch (error) {
    process.stderr.write(`quanheng witness: ${error instanceof Error ? error.message : "unknown error"}\n`)
    return 2
  }
}

async function readRequest(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      home: { type: "string", default: "quanheng-witness" },
      name: { type: "string" },
      log: { type: "string", multiple: true, default: [] },
      rotation: { type: "string", multiple: true, default: [] },
      listen: { type: "string", default: "127.0.0.1:7380" },
      help: { type: "boolean", short: "h", default: false },
    },
  })
  if (values.help) return null
  const listen = /^(\[[0-9a-fA-F:]+\]|[^:\s]+):([0-9]{1,5})$/.exec(values.listen)
  if (listen === null || Number(listen[2]) > 65535)
    throw new Error("--listen is HOST:PORT, such as 127.0.0.1:7380")
  return {
    home: resolve(values.home),
    name: values.name ?? null,
    logs: await Promise.all(values.log.map(readLogKey)),
    rotations: await Promise.all(values.rotation.map(readChange)),
    listen: { host: (listen[1] as string).replace(/^\[|\]$/g, ""), port: Number(listen[2]) },
  }
}

async function readChange(file: string): Promise<Rotation> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Error(`--rotation ${file}: it cannot be read`)
  })
  const rotation = readRotation(text, nodeCrypto)
  if (!isProblem(rotation)) return rotation
  const { code, ...context } = rotation
  throw new Error(`--rotation ${file}: ${failure(code, context).en}`)
}

/** A file that holds a log's verifier key, or the key itself. */
async function readLogKey(given: string): Promise<VerifierKey> {
  const direct = parseVerifierKey(given, nodeCrypto.sha256)
  if (!isMalformed(direct)) return direct
  const text = await readFile(given, "utf8").catch(() => {
    throw new Error(`--log ${given}: neither a verifier key nor a file that can be read`)
  })
  const key = parseVerifierKey(text, nodeCrypto.sha256)
  if (isMalformed(key)) throw new Error(`--log ${given}: ${key.malformed}`)
  return key
}

async function serve(folder: WitnessFolder, listen: { host: string; port: number }): Promise<void> {
  const say = (sentence: string) => process.stdout.write(`${sentence}\n`)
  const heads = fileHeads(folder)
  const origins = [...new Set(folder.logs.map(({ name }) => name))]
  // A damaged memory is told before anything is answered.
  const known = await Promise.all(origins.map(async (origin) => ({ origin, head: await heads.read(origin) })))
  const now = () => Math.floor(Date.now() / 1000)
  const server = makeWitnessServer({ ...folder, heads, now, say })
  server.listen(listen.port, listen.host)
  await once(server, "listening")
  const { address, port, family } = server.address() as AddressInfo
  const url = `http://${family === "IPv6" ? `[${address}]` : address}:${port}`
  say(`The witness ${folder.key.cosigner} listens on ${url}. Its folder is ${folder.home}.`)
  if (origins.length === 0) say("It watches no log yet: stop it and give one with --log <verifier key>.")
  for (const { origin, head } of known)
    say(
      head === null
        ? `It watches ${origin}, new to it.`
        : `It watches ${origin}, last seen with ${head.checkpoint.size} records.`,
    )
  say(`The market asks it with  QUANHENG_WITNESSES="${formatCosignerKey(folder.key)} ${url}"`)
  say(`A verifier's policy has  witness w1 ${formatCosignerKey(folder.key)}`)
  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done())
  })
  // Requests in hand are answered; idle connections are cut.
  server.close()
  server.closeIdleConnections()
  await Promise.race([once(server, "close"), new Promise((late) => setTimeout(late, 3_000).unref())])
  server.closeAllConnections()
  say("The witness has stopped.")
}
