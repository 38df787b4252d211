/**
 * The source of verify.mjs, the one-file verifier in every bundle: `quanheng verify` for a plain Node from 18 on,
 * with nothing to install. What Node 18 lacks is put there first; newer ones use their own.
 */
import { Duplex } from "node:stream"
import { createInflateRaw } from "node:zlib"
import { run } from "./verify.ts"

if (!("isWellFormed" in String.prototype))
  Object.defineProperty(String.prototype, "isWellFormed", {
    value: function isWellFormed(this: string): boolean {
      return !/\p{Surrogate}/u.test(this)
    },
  })

const knowsRawDeflate = ((): boolean => {
  try {
    return new DecompressionStream("deflate-raw") instanceof DecompressionStream
  } catch {
    return false
  }
})()

if (!knowsRawDeflate)
  Object.defineProperty(globalThis, "DecompressionStream", {
    value: function DecompressionStream() {
      return Duplex.toWeb(createInflateRaw())
    },
  })

process.exitCode = await run(process.argv.slice(2), "node verify.mjs")
