import type { Locale } from "#contracts/localized-text.ts"
import type { CheckpointPage } from "#server/ledger/heads/queries.ts"
import { formatCount } from "../../../_lib/format.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { paths } from "../../../_lib/paths.ts"
import { Button } from "../../../_ui/button.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { TextField } from "../../../_ui/fields.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { GrowthDrawing } from "./growth-drawing.tsx"
import { type GrowthPath, growthPathOf } from "./growth-path.ts"

type Props = {
  page: CheckpointPage
  /** What was asked for and is no earlier checkpoint; else null. */
  missed: string | null
  locale: Locale
}

/** How this checkpoint continues an earlier one: drawn, and told in words with every hash. */
export function GrowthPanel({ page: { head, growth }, missed, locale }: Props) {
  const t = explorer[locale]
  if (growth === null)
    return (
      <Panel title={t.growth}>
        <p className="text-ink-soft">{t.firstOfAll}</p>
      </Panel>
    )
  const path = growthPathOf(growth, head)
  const count = (value: number) => formatCount(value, locale)
  return (
    <Panel
      title={t.growth}
      actions={
        <StatusChip tone={path.holds ? "good" : "bad"}>
          {path.holds ? t.growthHolds : t.growthFails}
        </StatusChip>
      }
    >
      <div className="grid gap-4">
        {missed === null ? null : <Callout tone="warn">{t.notEarlier(missed)}</Callout>}
        <p className="text-ink-soft">
          {t.growthLead(count(growth.from), count(head.size), count(growth.hashes.length))}
        </p>
        <div className="grid justify-items-center">
          <GrowthDrawing path={path} from={growth.from} size={head.size} locale={locale} />
        </div>
        <Words path={path} from={growth.from} fromRoot={growth.fromRoot} root={head.root} locale={locale} />
        <form
          method="get"
          action={paths(locale).checkpoint(head.size)}
          className="flex flex-wrap items-end gap-2 border-t border-line pt-4"
        >
          <TextField
            label={t.compareWith}
            hint={t.compareHint}
            name="from"
            inputMode="numeric"
            autoComplete="off"
            required
            pattern="[0-9]{1,15}"
            defaultValue={String(growth.from)}
          />
          <Button type="submit">{t.compare}</Button>
        </form>
      </div>
    </Panel>
  )
}

type WordsProps = { path: GrowthPath; from: number; fromRoot: string; root: string; locale: Locale }

function Words({ path: { seed, steps }, from, fromRoot, root, locale }: WordsProps) {
  const t = explorer[locale]
  const hash = (value: string) => <Hash value={value} locale={locale} full bare />
  return (
    <details>
      <summary className="w-fit py-1 font-medium text-accent">{t.inWords}</summary>
      <ol className="mt-2 grid list-decimal gap-2 pl-6 text-small">
        <li>
          {t.growthSeed(seed.from, seed.to)} {hash(seed.hash)}
        </li>
        {steps.map((step) => (
          <li key={step.from}>
            {(step.side === "left" ? t.growthBoth : t.growthNew)(step.from, step.to)} {hash(step.hash)}
            {step.side === "left" ? (
              <span className="block text-ink-faint">
                {t.gives.earlier} {hash(step.earlier)}
              </span>
            ) : null}
            <span className="block text-ink-faint">
              {t.gives.later} {hash(step.later)}
            </span>
          </li>
        ))}
        <li>
          {t.earlierRootOf(from)} {hash(fromRoot)}
        </li>
        <li>
          {t.thisRoot} {hash(root)}
        </li>
      </ol>
    </details>
  )
}
