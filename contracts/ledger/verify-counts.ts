import type { BundleFiles } from "./bundle-files.ts"
import { bundleFiles } from "./export.ts"
import type { FailureList } from "./failure.ts"
import { isMalformed } from "./malformed.ts"
import type { Sha256 } from "./ports.ts"
import { bucketOfText, type MapBucket, parseMapBucket, provesBucket } from "./thread-map.ts"
import { textOf } from "./verify-companions.ts"
import type { CountedThread, WantedThreads } from "./wanted-threads.ts"

type Input = {
  readonly files: BundleFiles
  readonly failures: FailureList
  readonly sha256: Sha256
  /** The root in the sealed index. */
  readonly root: Uint8Array
  /** Records at hand that may be the last of a thread, but do not tell it to this version. */
  readonly notUnderstood: ReadonlySet<number>
}

/** Thousands of keys may share a bucket once a log has some hundred million. */
const maxLine = 16 * 1024 * 1024

/**
 * Compares how many records each thread has in the bundle, and where the last lies, with the sealed index: the file
 * threads.jsonl holds the buckets of the wanted keys, sorted, each with its proof.
 */
export async function checkThreadCounts(wanted: WantedThreads, input: Input): Promise<void> {
  const { files, failures, sha256, root } = input
  const file = bundleFiles.threads
  const open = byBucket(wanted, sha256)
  const lines = files.lines(file, maxLine)
  let before = -1
  for (let line = await lines.next(); line !== null; line = await lines.next()) {
    const found = parseMapBucket(textOf(line) ?? "")
    if (isMalformed(found)) {
      failures.add("index_line_malformed", { file, detail: found.malformed })
      continue
    }
    const { bucket } = found
    if (bucket <= before) failures.add("index_line_malformed", { file, detail: `bucket ${bucket} again` })
    before = bucket
    if (!provesBucket(found, root, sha256)) failures.add("index_proof_wrong", { file, detail: `${bucket}` })
    else compare(found, open.get(bucket) ?? [], input)
    open.delete(bucket)
  }
  for (const threads of open.values())
    for (const { key } of threads) failures.add("thread_not_counted", { file, detail: key })
}

function byBucket(wanted: WantedThreads, sha256: Sha256): Map<number, CountedThread[]> {
  const buckets = new Map<number, CountedThread[]>()
  for (const thread of wanted.all()) {
    const bucket = bucketOfText(thread.key, sha256)
    const inside = buckets.get(bucket)
    if (inside === undefined) buckets.set(bucket, [thread])
    else inside.push(thread)
  }
  return buckets
}

function compare(
  { entries }: MapBucket,
  threads: readonly CountedThread[],
  { failures, notUnderstood }: Input,
): void {
  for (const { key, n, index } of threads) {
    const [, sealedN, sealedIndex] = entries.find(([sealed]) => sealed === key) ?? [key, 0, 0]
    if (sealedN === n && sealedIndex === index) continue
    if (sealedN > n && notUnderstood.has(sealedIndex)) continue
    const detail = `${key}: ${n} (${n === 0 ? "-" : index}), ${sealedN} (${sealedN === 0 ? "-" : sealedIndex})`
    failures.add("thread_incomplete", { file: bundleFiles.threads, detail })
  }
}
