"use client"

import { useRouter } from "next/navigation"
import { useEffect, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { exportWords } from "../../../_lib/messages/export-words.ts"
import { trpc } from "../../../_lib/trpc-client.ts"
import { Progress } from "../../../_ui/progress.tsx"

const askEveryMs = 1_000
/** After as many questions with no change the reader is told whom to ask. */
const quietLimit = 30

/** The way of an export in the making; when it is made, or fails, the page is read again. */
export function ExportProgress(props: { id: string; done: number; total: number; locale: Locale }) {
  const { id, locale } = props
  const router = useRouter()
  const t = exportWords[locale]
  const [run, setRun] = useState({ done: props.done, total: props.total, quiet: 0 })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let ended = false
    const ask = async () => {
      const found = await trpc.ledger.export.query({ id: id as never }).catch(() => null)
      if (ended) return
      if (found && found.state !== "waiting") return router.refresh()
      setRun((was) => {
        const [done, total] = [found?.done ?? was.done, found?.total ?? was.total]
        return { done, total, quiet: done === was.done ? was.quiet + 1 : 0 }
      })
      timer = setTimeout(ask, askEveryMs)
    }
    timer = setTimeout(ask, askEveryMs / 2)
    return () => {
      ended = true
      clearTimeout(timer)
    }
  }, [id, router])
  return (
    <div className="grid gap-2">
      <Progress
        label={run.total === 0 ? t.queued : t.making}
        {...(run.total === 0 ? {} : { value: run.done, max: run.total })}
        note={
          run.total === 0 ? null : t.madeOf(formatCount(run.done, locale), formatCount(run.total, locale))
        }
      />
      <p className="text-small text-ink-faint">{run.quiet > quietLimit ? t.stillWaiting : t.makingLead}</p>
    </div>
  )
}
