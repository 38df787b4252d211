"use client"

import { useEffect } from "react"

/** Opens a Hint when a mouse rests on it and closes it when the mouse leaves both; one listener for the page. */
export function HoverHints() {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let open: HTMLElement | null = null

    const partsOf = (target: EventTarget | null) => {
      const trigger = target instanceof Element ? target.closest<HTMLButtonElement>("[data-hint]") : null
      const inside = target instanceof Element ? target.closest<HTMLElement>("[popover]") : null
      return { trigger, popover: (trigger?.popoverTargetElement as HTMLElement | null) ?? inside }
    }
    const onOver = (event: PointerEvent) => {
      if (event.pointerType !== "mouse") return
      const { trigger, popover } = partsOf(event.target)
      clearTimeout(timer)
      if (popover !== null && popover === open) return
      if (open) {
        const closing = open
        timer = setTimeout(() => {
          closing.hidePopover()
          if (open === closing) open = null
        }, 150)
      }
      if (!trigger || !popover || popover.matches(":popover-open")) return
      timer = setTimeout(() => {
        open?.hidePopover()
        popover.showPopover({ source: trigger })
        open = popover
      }, 250)
    }
    document.addEventListener("pointerover", onOver)
    return () => {
      clearTimeout(timer)
      document.removeEventListener("pointerover", onOver)
    }
  }, [])
  return null
}
