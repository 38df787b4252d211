"use client"

import NextLink from "next/link"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"

type CurrentLinkProps = { href: string; className: string; children: ReactNode }

/** A link of the main navigation that knows when the reader is at it or beneath it. */
export function CurrentLink({ href, className, children }: CurrentLinkProps) {
  const path = usePathname()
  const here = path === href ? "page" : path.startsWith(`${href}/`) ? "true" : undefined
  return (
    <NextLink href={href} prefetch={false} aria-current={here} className={className}>
      {children}
    </NextLink>
  )
}
