import type { Money as Amount } from "#contracts/money.ts"
import { useLocale } from "../../../_lib/use-action.ts"
import { Money } from "../../../_ui/values.tsx"

/** What the operator confirms to have paid: the confirmation states the amount that stands here. */
export function AmountPaid({ label, amount }: { label: string; amount: Amount }) {
  const locale = useLocale()
  return (
    <p className="flex flex-wrap justify-between gap-x-4 gap-y-1">
      <span className="text-ink-soft">{label}</span>
      <span className="font-medium">
        <Money amount={amount} locale={locale} />
      </span>
    </p>
  )
}
