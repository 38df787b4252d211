import type { Locale } from "#contracts/localized-text.ts"
import { bankFiles } from "../../../_lib/messages/bank-files.ts"
import { chargeback } from "../../../_lib/messages/chargeback.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"

/** From the payments to where the platform's own money is seen. */
export function MoneyLinks({ locale }: { locale: Locale }) {
  const to = paths(locale)
  return (
    <>
      <ButtonLink href={to.bankFiles()}>{bankFiles[locale].title}</ButtonLink>
      <ButtonLink href={to.payouts()}>{chargeback[locale].payouts}</ButtonLink>
    </>
  )
}
