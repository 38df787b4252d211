"use client"

import { type ReactNode, type RefObject, useId, useRef } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import { browser } from "../_lib/messages/browser.ts"
import { Button, type ButtonSize, type ButtonVariant, IconButton } from "./button.tsx"
import type { IconName } from "./icons.tsx"

type DialogProps = {
  locale: Locale
  title: ReactNode
  /** The button that opens it. */
  open: { label: ReactNode; variant?: ButtonVariant; size?: ButtonSize; icon?: IconName; why?: string | null }
  /** The foot's buttons; they get `close`. A cancel button is always there. */
  actions?: (close: () => void) => ReactNode
  children: ReactNode | ((close: () => void) => ReactNode)
}

/**
 * A question that must be answered before going on. It is the browser's own modal dialog: focus stays inside,
 * Escape and a click beside it close, the page behind is inert, and focus returns to the button.
 */
export function Dialog({ locale, title, open, actions, children }: DialogProps) {
  const dialog: RefObject<HTMLDialogElement | null> = useRef(null)
  const id = useId()
  const t = browser[locale]
  const { label, ...look } = open
  const close = () => dialog.current?.close()
  return (
    <>
      <Button {...look} aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
        {label}
      </Button>
      {/* It stands in the cell or line of its button, whose alignment and letters are not for it. */}
      <dialog
        ref={dialog}
        aria-labelledby={id}
        closedby="any"
        className="m-auto w-[min(34rem,calc(100vw-2rem))] whitespace-normal rounded-panel border border-line bg-surface p-0 text-left font-normal text-base text-ink shadow-float backdrop:bg-shade"
      >
        <div className="flex items-center justify-between gap-3 border-b border-line py-2.5 pr-2.5 pl-5">
          <h2 id={id} className="text-lead font-semibold">
            {title}
          </h2>
          <IconButton icon="cross" label={t.close} onClick={close} />
        </div>
        <div className="grid gap-4 p-5">{typeof children === "function" ? children(close) : children}</div>
        <div className="flex flex-wrap justify-end gap-2 border-t border-line bg-sunken px-5 py-3">
          <Button variant="quiet" onClick={close}>
            {t.cancel}
          </Button>
          {actions?.(close)}
        </div>
      </dialog>
    </>
  )
}
