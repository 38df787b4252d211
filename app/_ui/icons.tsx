import type { ReactNode } from "react"

/** Line icons on a 16-unit grid. They never stand alone: text beside them, or a label on their button, says it. */
const shapes = {
  search: <path d="M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm3.6-1.4L14 14" />,
  ruler: <path d="m2 11 9-9 3 3-9 9-3-3Zm2.5-2.5 1.5 1.5M7 6l1.5 1.5M9.5 3.5 11 5" />,
  speech: <path d="M2.5 3h11v8H8l-3 2.5V11H2.5V3Z" />,
  seal: <path d="M3 3h10v10H3V3Zm3 3h4M6 8h4M6 10h4" />,
  check: <path d="m3 8.5 3.5 3.5L13 4.5" />,
  cross: <path d="m4 4 8 8m0-8-8 8" />,
  dash: <path d="M4 8h8" />,
  clock: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-9.5V8l2.5 1.5" />,
  warning: <path d="M8 2.2 14.5 13.5h-13L8 2.2ZM8 6.5V9.5m0 1.7v.1" />,
  info: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-6.5v3.5m0-6v.1" />,
  stop: <path d="M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5L5.5 2Zm0 6h5" />,
  copy: <path d="M5.5 5.5h8v8h-8v-8Zm-3 5v-8h8" />,
  left: <path d="M10 3 5 8l5 5" />,
  right: <path d="m6 3 5 5-5 5" />,
  down: <path d="m3 6 5 5 5-5" />,
  out: <path d="M6 3H3v10h10v-3M9 3h4v4m0-4L7.5 8.5" />,
  menu: <path d="M2 4.5h12M2 8h12M2 11.5h12" />,
  user: <path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.5 6c.5-3 2.5-4.2 5.5-4.2s5 1.2 5.5 4.2" />,
  globe: (
    <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 2 2.5 4 2.5 6S10 12 8 14c-2-2-2.5-4-2.5-6S6 4 8 2Z" />
  ),
  contrast: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12m0-9.5c2 0 3.5 1.5 3.5 3.5S10 11.5 8 11.5" />,
  file: <path d="M4 2h5l3.5 3.5V14H4V2Zm5 0v3.5h3.5" />,
  download: <path d="M8 2v8m0 0 3-3m-3 3L5 7m-3 4.5V14h12v-2.5" />,
  upload: <path d="M8 10V2m0 0L5 5m3-3 3 3m-9 6.5V14h12v-2.5" />,
  chain: (
    <path d="M6.5 9.5 9.5 6.5M7 4.5l1.5-1.5a3 3 0 0 1 4.3 4.3L11.5 8.7M9 11.5 7.5 13a3 3 0 0 1-4.3-4.3L4.5 7.3" />
  ),
  lock: <path d="M3.5 7h9v7h-9V7Zm2-0V4.8a2.5 2.5 0 0 1 5 0V7" />,
  scale: <path d="M8 2v11m-3 1h6M3 4h10M3 4l-1.8 5h3.6L3 4Zm10 0-1.8 5h3.6L13 4Z" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes

export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className={className ?? "inline-block shrink-0 align-[-0.15em]"}
    >
      {shapes[name]}
    </svg>
  )
}
