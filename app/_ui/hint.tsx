import { type ReactNode, useId } from "react"

/**
 * What a number or a chip means, on hover, focus, tap or Enter. It is the browser's own popover: it opens with
 * JavaScript off, closes with Escape, lies above every clipping box, and screen readers announce it. The hover
 * is added by HoverHints, once for the page.
 */
export function Hint({ children, content }: { children: ReactNode; content: ReactNode }) {
  const id = useId()
  return (
    <span className="inline-flex">
      <button
        type="button"
        popoverTarget={id}
        data-hint=""
        className="-my-0.5 cursor-help rounded-control py-0.5 text-left decoration-line-strong decoration-dotted underline-offset-4"
      >
        {children}
      </button>
      <span
        id={id}
        popover="auto"
        role="note"
        className="popover popover-start px-3 py-2 text-small font-normal whitespace-normal"
      >
        {content}
      </span>
    </span>
  )
}

/** Text with a dotted line under it that explains itself: `<Explained hint="…">≈ 1,204</Explained>`. */
export function Explained({ children, hint }: { children: ReactNode; hint: ReactNode }) {
  return (
    <Hint content={hint}>
      <span className="underline decoration-line-strong decoration-dotted underline-offset-4">
        {children}
      </span>
    </Hint>
  )
}
