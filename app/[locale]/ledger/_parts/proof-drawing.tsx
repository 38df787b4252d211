import type { Locale } from "#contracts/localized-text.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import type { ProofPath, ProofStep } from "./proof-path.ts"

type Props = { path: ProofPath; index: number; leafHash: string; locale: Locale }

const width = 400
const middle = width / 2
const rowHeight = 58
const top = 34
const box = { width: 104, height: 36 }
const short = (hash: string) => `${hash.slice(0, 6)}…${hash.slice(-4)}`

/**
 * The tree's path, root on top: at each level the hash of this record's side, and the sibling that it is joined
 * with on the side where that one stands. Drawn with attributes only, which the page's policy allows.
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
      {steps.map((step, level) => (
        <Level key={step.from} step={step} y={yOf(level)} above={yOf(level + 1)} records={t.drawnRecords} />
      ))}
      {steps.map((step, level) => {
        const isRoot = level + 1 === steps.length
        // The sibling's line comes in on its own side, so the label stands on the other.
        const free = step.side === "left" ? 1 : -1
        return (
          <g key={step.from}>
            <circle
              cx={middle}
              cy={yOf(level + 1)}
              r={isRoot ? 8 : 5}
              className={isRoot ? "fill-accent" : "fill-surface stroke-accent"}
              strokeWidth={2}
            />
            <text
              x={middle + free * 14}
              y={yOf(level + 1) + 4}
              textAnchor={free > 0 ? "start" : "end"}
              fontSize={11}
              className={isRoot ? "fill-ink" : "fill-ink-faint"}
            >
              {short(step.joined)}
            </text>
          </g>
        )
      })}
      {steps.length === 0 ? null : (
        <text x={middle} y={14} textAnchor="middle" fontSize={11} className="fill-ink font-sans">
          {t.proofRoot}
        </text>
      )}
      <Own y={yOf(0)} hash={leafHash} label={t.record(index)} />
    </svg>
  )
}

function Level(props: {
  step: ProofStep
  y: number
  above: number
  records: (from: number, to: number) => string
}) {
  const { step, y, above, records } = props
  const x = step.side === "left" ? 2 : width - box.width - 2
  const centre = x + box.width / 2
  return (
    <g>
      <path d={`M${middle} ${y}V${above}`} className="stroke-accent" strokeWidth={2} fill="none" />
      <path
        d={`M${centre} ${y - box.height / 2}V${above + rowHeight / 4}Q${centre} ${above} ${
          centre + (step.side === "left" ? 14 : -14)
        } ${above}H${middle}`}
        className="stroke-line-strong"
        strokeWidth={1.5}
        strokeDasharray="3 3"
        fill="none"
      />
      <rect
        x={x}
        y={y - box.height / 2}
        width={box.width}
        height={box.height}
        rx={6}
        className="fill-sunken stroke-line-strong"
        strokeWidth={1}
      />
      <text x={centre} y={y - 3} textAnchor="middle" fontSize={11} className="fill-ink-soft font-sans">
        {records(step.from, step.to)}
      </text>
      <text x={centre} y={y + 11} textAnchor="middle" fontSize={11} className="fill-ink-faint">
        {short(step.sibling)}
      </text>
    </g>
  )
}

function Own({ y, hash, label }: { y: number; hash: string; label: string }) {
  return (
    <g>
      <rect
        x={middle - box.width / 2}
        y={y - box.height / 2}
        width={box.width}
        height={box.height}
        rx={6}
        className="fill-accent"
      />
      <text x={middle} y={y - 3} textAnchor="middle" fontSize={11} className="fill-on-accent font-sans">
        {label}
      </text>
      <text x={middle} y={y + 11} textAnchor="middle" fontSize={11} className="fill-on-accent">
        {short(hash)}
      </text>
    </g>
  )
}
