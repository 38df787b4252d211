"use client"

import type { ReactNode } from "react"
import { Button } from "../../../_ui/button.tsx"

/** Opens the browser's own printing, which also makes a PDF. */
export function PrintButton({ children }: { children: ReactNode }) {
  return <Button onClick={() => globalThis.print()}>{children}</Button>
}
