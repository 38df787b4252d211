import type { Locale } from "#contracts/localized-text.ts"
import { kit } from "../../../../_lib/messages/kit.ts"
import { party as words } from "../../../../_lib/messages/party.ts"
import { StatusChip, type Tone } from "../../../../_ui/chip.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { BankForm, OpenPayee } from "./party-forms.tsx"

type CardState = "none" | "due" | "active" | "away"
const tones: Record<CardState, Tone> = { none: "neutral", due: "warn", active: "good", away: "neutral" }

/** How the party is paid: the account at the card provider, and the bank account. */
export function Payee(props: {
  locale: Locale
  card: CardState
  bankAccount: string | null
  why: string | null
}) {
  const { locale, card, bankAccount, why } = props
  const t = words[locale]
  return (
    <Panel title={t.payee} footer={t.payeeLead}>
      <div className="grid gap-6 md:grid-cols-2">
        <div className="grid content-start justify-items-start gap-2">
          <h3 className="flex items-center gap-2 font-medium">
            {t.card} <StatusChip tone={tones[card]}>{t.cardStates[card]}</StatusChip>
          </h3>
          <p className="text-ink-soft">{t.cardLeads[card]}</p>
          {card === "none" || card === "due" ? (
            <OpenPayee
              words={{ label: card === "none" ? t.openCard : t.continueCard, busy: t.opening }}
              why={why}
            />
          ) : null}
        </div>
        <BankForm
          words={{
            field: t.bank,
            hint: t.bankHint,
            optional: kit[locale].optional,
            label: t.save,
            busy: t.saving,
            done: t.saved,
          }}
          value={bankAccount}
          why={why}
        />
      </div>
    </Panel>
  )
}
