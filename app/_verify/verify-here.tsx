"use client"

import { type ReactNode, useState } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { formatTime } from "../_lib/format-time.ts"
import { recordCheck } from "../_lib/messages/record-check.ts"
import { Button } from "../_ui/button.tsx"
import { FormError } from "../_ui/choices.tsx"
import { TextArea } from "../_ui/fields.tsx"
import { Finding } from "./finding.tsx"
import type { KeptKey } from "./kept-key.ts"
import { KeptHeads } from "./kept-standing.tsx"
import { type Checked, useCheck } from "./use-check.ts"

type Props = {
  checked: Checked
  locale: Locale
  /** Further ways, as links. */
  children?: ReactNode
}

/** Checks what a page shows on this device, and says by which key and where that came from, before and after. */
export function VerifyHere({ checked, locale, children }: Props) {
  const { state, kept, verify } = useCheck(checked)
  const t = recordCheck[locale]
  const working = state.at === "working"
  return (
    <div className="grid gap-3">
      <p className="text-ink-soft">{"head" in checked ? t.leadHead : t.leadRecords}</p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button variant="primary" icon="check" busy={working && t.checking} onClick={() => void verify()}>
          {t.one}
        </Button>
        {children}
      </div>
      <noscript>
        <p className="text-small text-ink-faint">{t.noScript}</p>
      </noscript>
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {state.at === "unreachable" ? <FormError>{t.unreachable}</FormError> : null}
        {state.at === "badKey" ? <FormError>{t.badKey}</FormError> : null}
        {state.at === "found" ? (
          <Finding
            found={state.found}
            keyUsed={state.key}
            standing={state.standing}
            locale={locale}
            onServedKey={(vkey) => void verify({ vkey, from: "site" })}
          />
        ) : null}
      </div>
      {kept === "unread" ? null : (
        <KeyChoice kept={kept} locale={locale} onKey={(vkey) => void verify({ vkey, from: "reader" })} />
      )}
      {state.at === "found" || state.at === "working" ? null : <KeptHeads locale={locale} />}
    </div>
  )
}

type ChoiceProps = { kept: KeptKey | null; locale: Locale; onKey: (vkey: string) => void }

/** The key that a check goes by, and a way to bring one's own. */
function KeyChoice({ kept, locale, onKey }: ChoiceProps) {
  const t = recordCheck[locale]
  const [text, setText] = useState("")
  return (
    <details className="text-small">
      <summary className="w-fit py-1 text-ink-soft">
        <span className="font-medium text-accent">{t.whichKey}</span>{" "}
        {kept === null ? t.noKey : t.keyFrom[kept.from](formatTime(kept.since, locale))}
      </summary>
      <div className="mt-2 grid gap-3">
        {kept === null ? (
          <p className="text-ink-soft">{t.noKeyLead}</p>
        ) : (
          <code className="font-mono wrap-anywhere">{kept.vkey}</code>
        )}
        <TextArea
          label={t.ownKey}
          hint={t.ownKeyHint}
          rows={2}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div>
          <Button size="small" why={text.trim() === "" ? t.enterKey : null} onClick={() => onKey(text)}>
            {t.useKey}
          </Button>
        </div>
      </div>
    </details>
  )
}
