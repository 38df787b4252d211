"use client"

import { useEffect, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { browser } from "../_lib/messages/browser.ts"
import { Icon } from "./icons.tsx"

/** Copies a text and says that it did. Without JavaScript the text beside it can still be selected. */
export function CopyButton({ text, locale }: { text: string; locale: Locale }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const t = browser[locale]
  return (
    <button
      type="button"
      title={copied ? t.copied : t.copy}
      onClick={() =>
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }
      className="inline-grid size-6 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-sunken hover:text-ink print:hidden"
    >
      <Icon name={copied ? "check" : "copy"} size={13} />
      <span className="sr-only" aria-live="polite">
        {copied ? t.copied : t.copy}
      </span>
    </button>
  )
}
