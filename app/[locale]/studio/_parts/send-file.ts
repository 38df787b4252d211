import type { Locale } from "#contracts/localized-text.ts"
import { type Failure, readDoorError, readFailure } from "../../../_lib/failure.ts"
import { doors } from "../../../_lib/paths.ts"

/** How a request that sent bytes ended: all there, more to come, refused for good, or no answer at all. */
export type Sent = "whole" | "more" | "broken" | { refused: Failure }

type Sending = {
  file: File
  upload: string
  /** Where to begin: what the server has already. */
  offset: number
  locale: Locale
  signal: AbortSignal
  onProgress: (sent: number) => void
}

/** Sends a file's bytes from `offset` on, straight from the disk. Only XMLHttpRequest tells how far it is. */
export function sendFile({ file, upload, offset, locale, signal, onProgress }: Sending): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open("PUT", doors.upload(upload))
    request.setRequestHeader("x-locale", locale)
    if (offset > 0) request.setRequestHeader("Content-Range", `bytes ${offset}-${file.size - 1}/${file.size}`)
    request.upload.onprogress = (event) => onProgress(offset + event.loaded)
    request.onload = () => resolve(read(request, locale))
    request.onerror = () => resolve("broken")
    request.onabort = () => resolve("broken")
    signal.addEventListener("abort", () => request.abort(), { once: true })
    request.send(offset > 0 ? file.slice(offset) : file)
  })
}

function read(request: XMLHttpRequest, locale: Locale): Sent {
  if (request.status === 200) return "whole"
  if (request.status === 202) return "more"
  const failure = readFailure(readDoorError(request.responseText), locale)
  return failure.transient ? "broken" : { refused: failure }
}
