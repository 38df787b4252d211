"use client"

import { useRouter } from "next/navigation"
import { type ChangeEvent, useId, useRef, useState } from "react"
import { toHex } from "#contracts/bytes.ts"
import { Button } from "../../../_ui/button.tsx"
import { FormError } from "../../../_ui/choices.tsx"

type Words = { choose: string; hashing: string; failed: string; stop: string }
type Props = { action: string; words: Words; hint: string }

const chunkBytes = 1024 * 1024

/**
 * Finds the records of a file that the reader has: its SHA-256 is computed here, a part at a time so that the
 * page stays alive, and only the hash is looked up. `hashing` has `#` where the percentage goes.
 */
export function FileFinder({ action, words, hint }: Props) {
  const router = useRouter()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const stopped = useRef(false)
  const [percent, setPercent] = useState<number | null>(null)
  const [failed, setFailed] = useState(false)

  const find = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    event.target.value = ""
    if (!file) return
    stopped.current = false
    setFailed(false)
    setPercent(0)
    try {
      const hash = await hashFile(file, setPercent, () => stopped.current)
      if (hash !== null) router.push(`${action}?q=${hash}`)
    } catch {
      setFailed(true)
    }
    setPercent(null)
  }

  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <input
        ref={input}
        id={id}
        type="file"
        aria-label={words.choose}
        className="sr-only"
        tabIndex={-1}
        onChange={find}
      />
      <Button
        size="small"
        icon="file"
        busy={percent !== null && words.hashing.replace("#", String(percent))}
        onClick={() => input.current?.click()}
      >
        {words.choose}
      </Button>
      {percent === null ? null : (
        <Button size="small" variant="quiet" onClick={() => (stopped.current = true)}>
          {words.stop}
        </Button>
      )}
      <p className="min-w-0 text-small text-ink-faint">{hint}</p>
      {failed ? <FormError>{words.failed}</FormError> : null}
    </div>
  )
}

/** SHA-256 in lower-case hex, or null when it was stopped. */
async function hashFile(
  file: File,
  progress: (percent: number) => void,
  isStopped: () => boolean,
): Promise<string | null> {
  const { sha256 } = await import("@noble/hashes/sha2.js")
  const hash = sha256.create()
  for (let done = 0; done < file.size; done += chunkBytes) {
    if (isStopped()) return null
    hash.update(new Uint8Array(await file.slice(done, done + chunkBytes).arrayBuffer()))
    progress(Math.floor((Math.min(done + chunkBytes, file.size) / file.size) * 100))
  }
  return toHex(hash.digest())
}
