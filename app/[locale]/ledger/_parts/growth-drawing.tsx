import type { Locale } from "#contracts/localized-text.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { drawing, HashBox, Joining, Knot, shortHash } from "./drawing.tsx"
import type { GrowthPath, GrowthStep } from "./growth-path.ts"

type Props = { path: GrowthPath; from: number; size: number; locale: Locale }

const { width, rowHeight, top, box } = drawing
const line = { earlier: 172, later: 228 }
const middle = width / 2

/**
 * Two trees that grow from one shared part: the left line leads to the earlier root, the right line to this one. A
 * hash on the left joins both, one on the right only the later tree.
 */
export function GrowthDrawing({ path, from, size, locale }: Props) {
  const t = explorer[locale]
  const { seed, steps } = path
  const height = top + steps.length * rowHeight + rowHeight + 30
  const yOf = (level: number) => top + (steps.length - level) * rowHeight
  const seedY = yOf(0) + rowHeight
  const lastLeft = steps.findLastIndex(({ side }) => side === "left")
  const text = t.growthAlt(from, size)
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
      <path d={`M${line.earlier} ${seedY}V${yOf(lastLeft + 1)}`} className="stroke-accent" strokeWidth={2} />
      <path d={`M${line.later} ${seedY}V${yOf(steps.length)}`} className="stroke-accent" strokeWidth={2} />
      {steps.map((step, level) => (
        <Step
          key={step.from}
          step={step}
          y={yOf(level)}
          above={yOf(level + 1)}
          label={ledger[locale].drawnRecords}
        />
      ))}
      {steps.slice(0, -1).map(({ from: start }, level) => (
        <g key={start}>
          {level < lastLeft ? <Knot x={line.earlier} y={yOf(level + 1)} isRoot={false} /> : null}
          <Knot x={line.later} y={yOf(level + 1)} isRoot={false} />
        </g>
      ))}
      <Root
        x={line.earlier}
        y={yOf(lastLeft + 1)}
        side="left"
        label={t.earlierRoot}
        hash={steps[lastLeft]?.earlier ?? seed.hash}
      />
      <Root
        x={line.later}
        y={yOf(steps.length)}
        side="right"
        label={t.thisRoot}
        hash={steps.at(-1)?.later ?? seed.hash}
      />
      <HashBox
        x={middle}
        y={seedY}
        kind="own"
        label={ledger[locale].drawnRecords(seed.from, seed.to)}
        hash={seed.hash}
      />
    </svg>
  )
}

type StepProps = { step: GrowthStep; y: number; above: number; label: (from: number, to: number) => string }

function Step({ step, y, above, label }: StepProps) {
  const x = step.side === "left" ? 2 + box.width / 2 : width - 2 - box.width / 2
  return (
    <g>
      <Joining x={x} y={y} above={above} to={line.later} />
      <HashBox x={x} y={y} kind="sibling" label={label(step.from, step.to)} hash={step.hash} />
    </g>
  )
}

type RootProps = { x: number; y: number; side: "left" | "right"; label: string; hash: string }

/** The end of a line, named on the side where nothing comes in. */
function Root({ x, y, side, label, hash }: RootProps) {
  const at = { x: x + (side === "left" ? -14 : 14), anchor: side === "left" ? "end" : "start" } as const
  return (
    <g>
      <Knot x={x} y={y} isRoot />
      <text x={at.x} y={y - 23} textAnchor={at.anchor} fontSize={11} className="fill-ink font-sans">
        {label}
      </text>
      <text x={at.x} y={y - 11} textAnchor={at.anchor} fontSize={11} className="fill-ink-soft">
        {shortHash(hash)}
      </text>
    </g>
  )
}
