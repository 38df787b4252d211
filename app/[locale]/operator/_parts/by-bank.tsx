import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Money as Amount } from "#contracts/money.ts"
import type { ByBank as Asked } from "#contracts/payment.ts"
import { aboutIt } from "../../../_lib/about.tsx"
import { claims as words } from "../../../_lib/messages/claims.ts"
import { refundByBank } from "../../../_lib/messages/refund-by-bank.ts"
import { AskByBank, DecideByBank, type OfByBank } from "./claim-actions.tsx"

type Props = {
  of: OfByBank
  version: number
  asked: Asked | null
  known: { amount: Amount | null; payee: LocalizedText; reference: string }
  locale: Locale
}

/** What the provider refuses to pay back: one person asks to pay it by bank, a second confirms. */
export function ByBank({ of, version, asked, known, locale }: Props) {
  const t = words[locale]
  const b = refundByBank[locale]
  const asking = { busy: t.sending, decided: t.decidedBy }
  if (!asked)
    return (
      <div>
        <AskByBank
          of={of}
          version={version}
          about={aboutIt(known, locale)}
          words={{
            label: b.byBank,
            title: b.byBankTitle,
            lead: b.byBankLead,
            account: t.toAccount,
            accountHint: b.byBankAccountHint,
            note: t.reason,
            noteHint: b.byBankNoteHint,
            ...asking,
          }}
        />
      </div>
    )
  const about = aboutIt({ ...known, account: asked.to, note: asked.note }, locale)
  return (
    <>
      <p className="text-small">{b.byBankAsked(asked.note)}</p>
      <p className="text-small">{t.toAccountIs(asked.to)}</p>
      <div className="flex flex-wrap gap-2">
        <DecideByBank
          of={of}
          version={version}
          about={about}
          confirm
          words={{ label: b.byBankConfirm, title: b.byBankConfirm, lead: b.byBankConfirmLead, ...asking }}
        />
        <DecideByBank
          of={of}
          version={version}
          about={about}
          confirm={false}
          words={{ label: t.dropIt, title: b.byBankDrop, lead: b.byBankDropLead, ...asking }}
        />
      </div>
    </>
  )
}
