"use client"

import { useEffect, useLayoutEffect, useRef } from "react"

/**
 * A button that did its work is often gone with the page that is read again, and the focus with it: whoever pressed it
 * by keyboard or hears the page read would begin at its top. The focus then goes to the nearest part around it that is
 * still there. Does so when its component goes while `pending`, or when that ends.
 */
export function useKeptFocus(pending: boolean): void {
  const around = useRef<HTMLElement[]>([])
  const working = useRef(false)
  // Before the browser paints, and so before what is gone is gone: the focus is still where it was.
  useLayoutEffect(
    () => () => {
      if (working.current) giveBackTo(partsAround(document.activeElement) ?? around.current)
    },
    [],
  )
  useEffect(() => {
    if (pending) around.current = partsAround(document.activeElement) ?? []
    else if (working.current) giveBackTo(around.current)
    working.current = pending
  }, [pending])
}

/** The parts of the page that hold the element, the smallest first; null where nothing has the focus. */
function partsAround(element: Element | null): HTMLElement[] | null {
  const parts: HTMLElement[] = []
  for (let one = element; one; one = one.parentElement)
    if (one instanceof HTMLElement && one.matches("section, main")) parts.push(one)
  return parts.length > 0 ? parts : null
}

/** Once the page has settled, and only where nothing else has taken the focus. */
function giveBackTo(parts: readonly HTMLElement[]): void {
  requestAnimationFrame(() => {
    const part = parts.find(({ isConnected }) => isConnected)
    if (!part || document.activeElement !== document.body) return
    if (!part.hasAttribute("tabindex")) part.tabIndex = -1
    part.focus({ preventScroll: true })
  })
}
