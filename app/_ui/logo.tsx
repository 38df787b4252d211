/**
 * The steelyard 衡: a beam that rests level on its fulcrum, a pan on the left and the weight 权 on the right,
 * unequal arms in balance.
 */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <g
        className="fill-none stroke-on-accent"
        strokeWidth={1.6}
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M4 8.2h16M9.5 4.6v3.6M6.4 8.2 4 14.2h4.8L6.4 8.2Z" />
        <path d="M17 8.2v4" />
      </g>
      <path d="M15.2 12.2h3.6l1 5.4h-5.6l1-5.4Z" className="fill-on-accent" />
    </svg>
  )
}

/** Mark and name; the link around it says where it leads. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5 whitespace-nowrap">
      <Mark />
      <span className="text-lead font-semibold tracking-tight">
        <span lang="zh-CN">权衡</span>{" "}
        <span className="font-medium text-ink-soft max-sm:sr-only">Quanheng</span>
      </span>
    </span>
  )
}
