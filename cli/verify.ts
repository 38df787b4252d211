import { readFile, stat } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { fromUtf8 } from "#contracts/bytes.ts"
import type { Bundle } from "#contracts/ledger/bundle.ts"
import { reason } from "#contracts/ledger/bundle-files.ts"
import type { CertificateReport } from "#contracts/ledger/certificate.ts"
import { largestFile, unreadCertificate, verifyCertificateFile } from "#contracts/ledger/certificate-json.ts"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { readGivenRotations } from "#contracts/ledger/given-rotations.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey, type VerifierKey } from "#contracts/ledger/note.ts"
import { type Policy, parsePolicy } from "#contracts/ledger/policy.ts"
import { exitCodes, type Report } from "#contracts/ledger/report.ts"
import type { Rotation } from "#contracts/ledger/rotation.ts"
import { reportUnreadable, type VerifyOptions, verifyBundle } from "#contracts/ledger/verify.ts"
import { openZip } from "#contracts/ledger/zip-bundle.ts"
import { openHashThreads } from "./hash-threads.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { keepMemorySmall } from "./small-memory.ts"
import { makeProgress } from "./verify-progress.ts"
import { openFolder, openForReading, randomAccess } from "./verify-source.ts"
import { certificateText, certificateVerdict, type Language, reportText } from "./verify-text.ts"

const usage = (
  name: string,
) => `Usage: ${name} PATH [--vkey KEY | --policy FILE] [--since CHECKPOINT] [--rotation FILE]...
       [--workers N] [--lang zh|en] [--json]

PATH            an export bundle (a folder or a .zip of it), or a certificate (.tlog-proof, .json)
--vkey          the log's verifier key that you got earlier or elsewhere: a file, or the key itself
--policy        your own trust policy (c2sp.org/tlog-policy): the log's key, and which witnesses must have cosigned
--since         a checkpoint that you kept: shows that the log has only grown since
--rotation      for a certificate: a change of the log's key (<market>/ledger/rotation/<n>), the first one first;
                your key then leads to that of the certificate. A bundle holds its own
--workers       how many threads work at the same time: 1 to 4; without it 2 for a large bundle where there are processors
                for it. What is found is the same
--json          one JSON object instead of sentences

Exit code 0: intact, signed by your key and cosigned as your policy asks. 3: intact, but without a key of yours
nothing shows who signed.
1: not intact, or not a bundle or certificate at all. 2: the command could not be carried out.
`

/** What the reader asked for is wrong or cannot be read: told in one line, never as a stack. */
class UsageError extends Error {}

type Request = {
  path: string
  keys: VerifierKey[]
  policy: Policy | null
  since: string | null
  rotations: readonly Rotation[]
  /** Null: as many as are of use. */
  workers: number | null
  json: boolean
  language: Language
}

/** `name` is how the reader called it: the same command is also a file of its own (cli/single-file.ts). */
export async function run(args: string[], name = "quanheng verify"): Promise<number> {
  try {
    const request = await readRequest(args, name)
    if (request === null) return 0
    return (await isCertificate(request.path)) ? await runCertificate(request) : await runBundle(request)
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "unknown error"
    process.stderr.write(`${name}: ${message}\n${error instanceof UsageError ? `\n${usage(name)}` : ""}`)
    return 2
  }
}

async function readRequest(args: string[], name: string): Promise<Request | null> {
  const { values, positionals } = parse(args)
  if (values.help) {
    process.stdout.write(usage(name))
    return null
  }
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0) throw new UsageError("one PATH is needed")
  if (values.lang !== undefined && values.lang !== "zh" && values.lang !== "en")
    throw new UsageError("--lang is zh or en")
  if (values.workers !== undefined && !/^[1-4]$/.test(values.workers))
    throw new UsageError("--workers is 1 to 4")
  return {
    path,
    workers: values.workers === undefined ? null : Number(values.workers),
    keys: values.vkey === undefined ? [] : [await readKey(values.vkey)],
    policy: values.policy === undefined ? null : await readPolicy(values.policy),
    rotations: await readRotations(values.rotation),
    since: values.since === undefined ? null : await readText(values.since),
    json: values.json,
    language: values.lang ?? (/^zh/i.test(process.env.LC_ALL ?? process.env.LANG ?? "") ? "zh" : "en"),
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        vkey: { type: "string" },
        policy: { type: "string" },
        since: { type: "string" },
        rotation: { type: "string", multiple: true, default: [] },
        workers: { type: "string" },
        lang: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "unknown options")
  }
}

async function readText(file: string): Promise<string> {
  const { size } = await statOrFail(file)
  if (size > 4_000_000) throw new Error(`${file} is too large for what it should be`)
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(file))
}

async function statOrFail(path: string) {
  try {
    return await stat(path)
  } catch {
    throw new Error(`${path} cannot be read`)
  }
}

/** A file that holds a verifier key, or the key itself. */
async function readKey(given: string): Promise<VerifierKey> {
  const direct = parseVerifierKey(given, nodeCrypto.sha256)
  if (!isMalformed(direct)) return direct
  const key = parseVerifierKey(await readText(given), nodeCrypto.sha256)
  if (isMalformed(key)) throw new Error(`${given}: ${key.malformed}`)
  return key
}

async function readRotations(files: readonly string[]): Promise<readonly Rotation[]> {
  const given = await Promise.all(files.map(async (name) => ({ name, text: await readText(name) })))
  const rotations = readGivenRotations(given, nodeCrypto)
  if (isMalformed(rotations)) throw new Error(rotations.malformed)
  return rotations
}

async function readPolicy(file: string): Promise<Policy> {
  const { size } = await statOrFail(file)
  const policy =
    size > 4_000_000 ? { malformed: "too large" } : parsePolicy(await readFile(file), nodeCrypto.sha256)
  if (isMalformed(policy)) throw new Error(`${file}: ${policy.malformed}`)
  return policy
}

/** A bundle is a folder or a zip, whose first bytes are "PK"; a certificate is text. */
async function isCertificate(path: string): Promise<boolean> {
  // A pipe would be waited for, and a device has no end.
  if (!(await statOrFail(path)).isFile()) return false
  const handle = await openForReading(path)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(16), 0, 16, 0)
    return /^(?:c2sp\.org\/|\s*\{)/.test(Buffer.from(buffer.subarray(0, bytesRead)).toString("latin1"))
  } finally {
    await handle.close()
  }
}

async function runCertificate({ path, keys, policy, rotations, json, language }: Request): Promise<number> {
  const trust = { keys, ...(policy === null ? {} : { policy }) }
  const text = await readCertificate(path)
  const report =
    text === null
      ? unreadCertificate("it is too long, or not UTF-8")
      : verifyCertificateFile(text, { ...trust, rotations, crypto: nodeCrypto })
  const verdict = certificateVerdict(report)
  process.stdout.write(
    json ? `${JSON.stringify(certificateJson(report))}\n` : certificateText(report, language),
  )
  return exitCodes[verdict]
}

async function readCertificate(path: string): Promise<string | null> {
  if ((await statOrFail(path)).size > largestFile) return null
  const bytes = await readFile(path)
  try {
    return fromUtf8(bytes)
  } catch {
    return null
  }
}

async function runBundle(request: Request): Promise<number> {
  keepMemorySmall()
  const { json, language, rotations } = request
  if (rotations.length > 0) throw new UsageError("--rotation is for a certificate; a bundle holds its own")
  const report = await verifyPath(request)
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : reportText(report, language))
  return exitCodes[report.verdict]
}

const certificateJson = (report: CertificateReport) => ({
  verdict: certificateVerdict(report),
  index: report.index,
  leaf: report.leaf,
  failures: report.failures,
  witnesses: report.witnesses,
  compromised: report.compromised,
})

async function verifyPath(request: Request): Promise<Report> {
  const { path, keys, policy, since, json, workers } = request
  const progress = makeProgress(!json)
  const threads = openHashThreads((workers ?? (await usefulWorkers(path))) - 1)
  const options: VerifyOptions = {
    crypto: { ...nodeCrypto, fileHashes: threads },
    keys,
    progress: progress.show,
    ...(policy === null ? {} : { policy }),
    ...(since === null ? {} : { since }),
  }
  try {
    const found = await statOrFail(path)
    if (found.isDirectory()) return await verifyBundle(await openFolder(path), options)
    return found.isFile()
      ? await verifyZip(path, options)
      : reportUnreadable("it is neither a folder nor a file")
  } finally {
    progress.end()
    await threads?.close()
  }
}

/** Below this it is done before another thread has begun. */
const largeBytes = 32 * 1024 * 1024

async function usefulWorkers(path: string): Promise<number> {
  if (availableParallelism() < 2) return 1
  const size = async (file: string): Promise<number> => (await stat(file).catch(() => null))?.size ?? 0
  return Math.max(await size(path), await size(join(path, bundleFiles.records))) < largeBytes ? 1 : 2
}

async function verifyZip(path: string, options: VerifyOptions): Promise<Report> {
  const handle = await openForReading(path)
  try {
    let bundle: Bundle
    try {
      bundle = await openZip(await randomAccess(handle))
    } catch (error) {
      return reportUnreadable(reason(error))
    }
    return await verifyBundle(bundle, options)
  } finally {
    await handle.close()
  }
}
