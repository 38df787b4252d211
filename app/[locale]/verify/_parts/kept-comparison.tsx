"use client"

import { useEffect, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { Panel } from "../../../_ui/panel.tsx"
import { keepHead, keptHeadOf, notedHead } from "../../../_verify/kept-head.ts"
import { KeptStanding } from "../../../_verify/kept-standing.tsx"
import type { Outcome } from "../../../_verify/protocol.ts"
import { ofSite, type Standing, standingOf } from "../../../_verify/standing.ts"
import { verdictOf } from "../../../_verify/verdict.ts"

/**
 * What was verified beside the checkpoint that this browser kept. A bundle shows by itself that it continues that;
 * for a certificate, or a bundle of before, this site is asked for a proof, by the reader's click.
 */
export function KeptComparison({ outcome, locale }: { outcome: Outcome; locale: Locale }) {
  const [standing, setStanding] = useState<Standing | null>(null)
  useEffect(() => setStanding(firstLook(outcome)), [outcome])
  if (standing === null) return null
  const compare = async () => {
    if (standing.state === "first") return
    const found = await standingOf(standing.note, standing.kept, ofSite)
    if (found.state === "grown" && isSure(outcome)) keepHead(found.note)
    setStanding(found)
  }
  const view = <KeptStanding standing={standing} locale={locale} onCompare={() => void compare()} />
  return standing.state === "contradicts" ? view : <Panel>{view}</Panel>
}

const isSure = (outcome: Outcome): boolean =>
  outcome.kind !== "unusable" && verdictOf(outcome) === "intact" && outcome.tampering === null

/** What can be told without asking anybody. Keeps a checkpoint that the reader's own key has signed. */
function firstLook(outcome: Outcome): Standing | null {
  const { note, continuesKept, tampering } = outcome
  if (note === null || tampering !== null || outcome.kind === "unusable") return null
  const kept = keptHeadOf(notedHead(note).origin)
  if (kept !== null && continuesKept === false) return { state: "contradicts", note, kept }
  if (verdictOf(outcome) === "broken") return null
  if (kept === null) {
    if (!isSure(outcome)) return null
    keepHead(note)
    return { state: "first", note }
  }
  const [before, now] = [notedHead(kept.note), notedHead(note)]
  if (before.size === now.size)
    return { state: before.root === now.root ? "same" : "contradicts", note, kept }
  if (continuesKept !== true) return { state: "unasked", note, kept }
  if (isSure(outcome)) keepHead(note)
  return { state: "grown", note, kept }
}
