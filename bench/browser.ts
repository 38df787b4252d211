import { readFile } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { type Browser, chromium } from "@playwright/test"
import { zipSync } from "fflate"
import { bundleFiles, parseManifest } from "#contracts/ledger/export.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import type { Outcome, WorkerMessage, WorkerRequest } from "../app/_verify/protocol.ts"
import { chromiumFlags, findChromium } from "../scripts/chromium.ts"
import { verifiersFolder } from "../scripts/verifiers.ts"
import { openBundle } from "./kept-bundle.ts"
import { type BenchOptions, type BenchResult, median } from "./measure.ts"

const records = 10_000

/** A bundle of 10,000 records, as a zip, verified in Chromium by the verify page's own worker, a new one each round. */
export async function bench({ rounds, say }: BenchOptions): Promise<BenchResult> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error("there is no Chromium here")
  const { folder, close } = await openBundle(records, say, process.env.QUANHENG_BROWSER_BUNDLE)
  try {
    const key = await readFile(path.join(folder, bundleFiles.key), "utf8")
    const server = await serve(await zipOf(folder))
    const browser = await chromium.launch({ executablePath, args: chromiumFlags })
    try {
      const times: number[] = []
      for (let round = 0; round <= rounds; round++) {
        const took = await verifyOnce(
          browser,
          `http://localhost:${(server.address() as AddressInfo).port}`,
          key,
        )
        // The first one fills the file caches.
        if (round > 0) times.push(took)
      }
      const measure = `${records} records verified in a browser's worker, from its start`
      return {
        measures: [{ bench: "browser", measure, value: median(times), unit: "ms" }],
        notes: [
          `Chromium ${browser.version()}; rounds: ${times.map((time) => time.toFixed(0)).join(", ")} ms.`,
        ],
      }
    } finally {
      await browser.close()
      server.close()
    }
  } finally {
    await close()
  }
}

async function zipOf(folder: string): Promise<Uint8Array> {
  const manifest = parseManifest(await readFile(path.join(folder, bundleFiles.manifest), "utf8"))
  if (isMalformed(manifest)) throw new Error(manifest.malformed)
  const names = [...manifest.files.map((file) => file.path), bundleFiles.manifest, bundleFiles.manifestNote]
  const files = await Promise.all(
    names.map(async (name) => [name, new Uint8Array(await readFile(path.join(folder, name)))] as const),
  )
  return zipSync(Object.fromEntries(files), { level: 1 })
}

async function serve(zip: Uint8Array): Promise<Server> {
  const worker = await readFile(path.join(verifiersFolder, "worker.js"))
  const server = createServer(({ url }, response) => {
    const [type, body] =
      url === "/worker.js"
        ? ["text/javascript", worker]
        : url === "/bundle.zip"
          ? ["application/zip", zip]
          : ["text/html", "<!doctype html><title>bench</title>"]
    response.setHeader("content-type", type)
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve))
  return server
}

async function verifyOnce(browser: Browser, url: string, key: string): Promise<number> {
  const page = await browser.newPage()
  try {
    await page.goto(url)
    const { outcome, took } = await page.evaluate(async (given) => {
      const file = await (await fetch("/bundle.zip")).blob()
      const started = performance.now()
      const worker = new Worker("/worker.js")
      const files = [{ path: "bundle.zip", file }]
      const request: WorkerRequest = {
        task: "verify",
        asks: { files, key: given, kept: "", keptHeads: [], tamper: null },
      }
      const outcome = await new Promise<Outcome>((resolve, reject) => {
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.onmessage = ({ data }: MessageEvent<WorkerMessage<Outcome>>) => {
          if ("answer" in data) resolve(data.answer)
        }
        worker.postMessage(request)
      })
      return { outcome, took: performance.now() - started }
    }, key.trim())
    if (outcome.kind !== "bundle" || outcome.report.verdict !== "intact")
      throw new Error(JSON.stringify(outcome).slice(0, 500))
    if (outcome.report.checked.records !== records) throw new Error("another number of records")
    return took
  } finally {
    await page.close()
  }
}
