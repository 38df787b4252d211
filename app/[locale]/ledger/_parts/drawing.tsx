/** What the drawings of proofs share. Attributes only, which the page's policy allows. */
export const drawing = { width: 400, rowHeight: 58, top: 34, box: { width: 104, height: 36 } }

export const shortHash = (hash: string): string => `${hash.slice(0, 6)}…${hash.slice(-4)}`

const fills = {
  own: { box: "fill-accent", label: "fill-on-accent", hash: "fill-on-accent" },
  sibling: { box: "fill-sunken stroke-line-strong", label: "fill-ink-soft", hash: "fill-ink-faint" },
} as const

type BoxProps = {
  /** Its centre. */
  x: number
  y: number
  label: string
  hash: string
  kind: keyof typeof fills
}

/** A hash and what it is of. */
export function HashBox({ x, y, label, hash, kind }: BoxProps) {
  const { width, height } = drawing.box
  const look = fills[kind]
  return (
    <g>
      <rect
        x={x - width / 2}
        y={y - height / 2}
        width={width}
        height={height}
        rx={6}
        className={look.box}
        strokeWidth={1}
      />
      <text x={x} y={y - 3} textAnchor="middle" fontSize={11} className={`${look.label} font-sans`}>
        {label}
      </text>
      <text x={x} y={y + 11} textAnchor="middle" fontSize={11} className={look.hash}>
        {shortHash(hash)}
      </text>
    </g>
  )
}

/** From a sibling's box up and over to the line that it joins at height `above`. */
export function Joining({ x, y, above, to }: { x: number; y: number; above: number; to: number }) {
  const bend = to > x ? 14 : -14
  return (
    <path
      d={`M${x} ${y - drawing.box.height / 2}V${above + drawing.rowHeight / 4}Q${x} ${above} ${x + bend} ${above}H${to}`}
      className="stroke-line-strong"
      strokeWidth={1.5}
      strokeDasharray="3 3"
      fill="none"
    />
  )
}

/** A joined hash on its line; the root is filled. */
export function Knot({ x, y, isRoot }: { x: number; y: number; isRoot: boolean }) {
  return (
    <circle
      cx={x}
      cy={y}
      r={isRoot ? 8 : 5}
      className={isRoot ? "fill-accent" : "fill-surface stroke-accent"}
      strokeWidth={2}
    />
  )
}
