import NextLink from "next/link"
import type { ComponentProps } from "react"
import { classes } from "./classes.ts"

type Props = Omit<ComponentProps<typeof NextLink>, "prefetch">

/** A link inside the market. It never prefetches: pages are made for their reader, and tables hold many links. */
export function Link({ className, ...props }: Props) {
  return <NextLink {...props} prefetch={false} className={className ?? linkLook} />
}

/** The look of a link in running text or a table cell. */
export const linkLook =
  "text-accent underline decoration-accent/35 underline-offset-3 hover:text-accent-strong hover:decoration-accent"

/** A link that looks like the text around it until it is pointed at; for names in rows and cards. */
export function QuietLink({ className, ...props }: Props) {
  return (
    <NextLink
      {...props}
      prefetch={false}
      className={classes("text-ink underline-offset-3 hover:text-accent hover:underline", className)}
    />
  )
}
