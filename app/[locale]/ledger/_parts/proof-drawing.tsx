import type { Locale } from "#contracts/localized-text.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { drawing, HashBox, Joining, Knot, shortHash } from "./drawing.tsx"
import type { ProofPath } from "./proof-path.ts"

type Props = { path: ProofPath; index: number; leafHash: string; locale: Locale }

const { width, rowHeight, top, box } = drawing
const middle = width / 2

/**
 * The tree's path, root on top: at each level the hash of this record's side, and the sibling that it is joined
 * with on the side where that one stands.
 */
export function ProofDrawing({ path, index, leafHash, locale }: Props) {
  const t = ledger[locale]
  const { steps } = path
  const height = top + steps.length * rowHeight + 34
  const yOf = (level: number) => top + (steps.length - level) * rowHeight
  const text = t.proofAlt(index, steps.length)
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={text}
      className="h-auto max-w-full font-mono"
    >
      <title>{text}</title>
      {steps.map(({ side, from, to, sibling }, level) => {
        const x = side === "left" ? 2 + box.width / 2 : width - 2 - box.width / 2
        const [y, above] = [yOf(level), yOf(level + 1)]
        return (
          <g key={from}>
            <path d={`M${middle} ${y}V${above}`} className="stroke-accent" strokeWidth={2} fill="none" />
            <Joining x={x} y={y} above={above} to={middle} />
            <HashBox x={x} y={y} kind="sibling" label={t.drawnRecords(from, to)} hash={sibling} />
          </g>
        )
      })}
      {steps.map(({ side, from, joined }, level) => {
        const isRoot = level + 1 === steps.length
        // The sibling's line comes in on its own side, so the label stands on the other.
        const free = side === "left" ? 1 : -1
        return (
          <g key={from}>
            <Knot x={middle} y={yOf(level + 1)} isRoot={isRoot} />
            <text
              x={middle + free * 14}
              y={yOf(level + 1) + 4}
              textAnchor={free > 0 ? "start" : "end"}
              fontSize={11}
              className={isRoot ? "fill-ink" : "fill-ink-faint"}
            >
              {shortHash(joined)}
            </text>
          </g>
        )
      })}
      {steps.length === 0 ? null : (
        <text x={middle} y={14} textAnchor="middle" fontSize={11} className="fill-ink font-sans">
          {t.proofRoot}
        </text>
      )}
      <HashBox x={middle} y={yOf(0)} kind="own" label={t.record(index)} hash={leafHash} />
    </svg>
  )
}
