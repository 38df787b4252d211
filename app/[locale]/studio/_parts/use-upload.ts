"use client"

import { useRouter } from "next/navigation"
import { useRef, useState } from "react"
import { type Id, makeId } from "#contracts/ids.ts"
import { type Failure, readFailure } from "../../../_lib/failure.ts"
import { paths } from "../../../_lib/paths.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { useLocale } from "../../../_lib/use-action.ts"
import { sendFile } from "./send-file.ts"

export type UploadState =
  | { step: "idle"; failure: Failure | null }
  | { step: "sending"; name: string; sent: number; total: number; waiting: boolean }
  | { step: "broken"; name: string; sent: number; total: number }
  | { step: "cancelling" }

/** Waits between attempts, in milliseconds; after the last one the person decides. */
const waitsMs = [1_000, 3_000, 8_000]

type Begun = { upload: Id<"upload">; product: string; file: File }

/**
 * One upload at a time: opened, sent, and after a broken connection gone on with from what the server has.
 * When the file is whole it leads to the product's page.
 */
export function useUpload() {
  const locale = useLocale()
  const router = useRouter()
  const [state, setState] = useState<UploadState>({ step: "idle", failure: null })
  const begun = useRef<Begun | null>(null)
  const stop = useRef(new AbortController())
  const fail = (thrown: unknown) => setState({ step: "idle", failure: readFailure(thrown, locale) })

  async function send({ upload, product, file }: Begun, from: number): Promise<void> {
    stop.current = new AbortController()
    const { signal } = stop.current
    let offset = from
    const show = (sent: number, waiting = false) =>
      setState({ step: "sending", name: file.name, sent, total: file.size, waiting })
    for (let attempt = 0; !signal.aborted; attempt++) {
      show(offset)
      const sent = await sendFile({ file, upload, offset, locale, signal, onProgress: (n) => show(n) })
      if (signal.aborted) return
      if (typeof sent === "object") return setState({ step: "idle", failure: sent.refused })
      const now = sent === "whole" ? null : await trpc.products.upload.query({ upload }).catch(() => null)
      if (sent === "whole" || now?.state === "complete") {
        router.push(paths(locale).product(product, "file"))
        return router.refresh()
      }
      if (now && now.receivedBytes > offset) attempt = 0
      offset = now?.receivedBytes ?? offset
      const waitMs = waitsMs[attempt]
      if (waitMs === undefined)
        return setState({ step: "broken", name: file.name, sent: offset, total: file.size })
      show(offset, true)
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }

  return {
    state,
    /** `dataset` makes it a new version of that one's data. */
    async start(file: File, dataset: string | null) {
      const id = makeId("upload", Date.now(), crypto.getRandomValues(new Uint8Array(10)))
      setState({ step: "sending", name: file.name, sent: 0, total: file.size, waiting: false })
      try {
        const opened = await trpc.products.open.mutate({
          id,
          fileName: file.name,
          bytes: file.size,
          ...(dataset === null ? {} : { dataset: dataset as Id<"dataset"> }),
        })
        begun.current = { upload: opened.upload, product: opened.product, file }
        await send(begun.current, 0)
      } catch (thrown) {
        fail(thrown)
      }
    },
    /** Goes on with an upload that another page began, or this one before its connection broke. */
    async resume(other: Begun | null) {
      if (other) begun.current = other
      if (!begun.current) return
      try {
        const { receivedBytes } = await trpc.products.upload.query({ upload: begun.current.upload })
        await send(begun.current, receivedBytes)
      } catch (thrown) {
        fail(thrown)
      }
    },
    async cancel() {
      stop.current.abort()
      setState({ step: "cancelling" })
      try {
        if (begun.current) await trpc.products.cancelUpload.mutate({ upload: begun.current.upload })
        begun.current = null
        setState({ step: "idle", failure: null })
        router.refresh()
      } catch (thrown) {
        fail(thrown)
      }
    },
  }
}
