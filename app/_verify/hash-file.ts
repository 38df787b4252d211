import { sha256 } from "@noble/hashes/sha2.js"
import { toHex } from "#contracts/bytes.ts"

const partBytes = 4 * 1024 * 1024

/** SHA-256 in lower-case hex, a part at a time: memory does not grow with the file. */
export async function hashFile(file: Blob, progress: (done: number, total: number) => void): Promise<string> {
  const hash = sha256.create()
  for (let done = 0; done < file.size; done += partBytes) {
    hash.update(new Uint8Array(await file.slice(done, done + partBytes).arrayBuffer()))
    progress(Math.min(done + partBytes, file.size), file.size)
  }
  return toHex(hash.digest())
}
