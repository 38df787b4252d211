import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { bankFiles } from "../../../_lib/messages/bank-files.ts"
import { chargeback } from "../../../_lib/messages/chargeback.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"

/** From the payments to where the platform's own money is seen, with how many lines of the bank's wait there. */
export function MoneyLinks({ locale, bankLines }: { locale: Locale; bankLines: number }) {
  const to = paths(locale)
  return (
    <>
      <ButtonLink href={to.bankFiles()}>
        {bankFiles[locale].title}
        {bankLines > 0 ? (
          <span className="font-normal text-ink-faint">{formatCount(bankLines, locale)}</span>
        ) : null}
      </ButtonLink>
      <ButtonLink href={to.payouts()}>{chargeback[locale].payouts}</ButtonLink>
    </>
  )
}
