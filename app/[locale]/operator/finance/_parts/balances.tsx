import { accountKinds } from "#contracts/escrow.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { type Currency, makeMoney } from "#contracts/money.ts"
import type { Balance, HeldByAge } from "#server/finance/book-store.ts"
import { formatCount, formatMoney } from "../../../../_lib/format.ts"
import { bookWords } from "../../../../_lib/messages/book-words.ts"
import { finance as words } from "../../../../_lib/messages/finance.ts"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"

const classes = ["asset", "liability", "equity", "income", "expense"] as const

/** Accounts of assets and expenses grow by debits, the others by credits: each is shown as it grows. */
const shown = ({ kind, amount }: Balance): bigint =>
  accountKinds[kind] === "asset" || accountKinds[kind] === "expense" ? BigInt(amount) : -BigInt(amount)

function Signed({ minor, currency, locale }: { minor: bigint; currency: Currency; locale: Locale }) {
  const text = formatMoney(makeMoney(minor < 0n ? -minor : minor, currency), locale)
  return <span className={minor < 0n ? "text-danger" : undefined}>{minor < 0n ? `−${text}` : text}</span>
}

/** What each kind of account holds, by currency. */
export function Balances({ balances, locale }: { balances: readonly Balance[]; locale: Locale }) {
  const t = words[locale]
  const currencies = [...new Set(balances.map(({ currency }) => currency))]
  const rows = classes.flatMap((of) =>
    (Object.keys(accountKinds) as Balance["kind"][])
      .filter((kind) => accountKinds[kind] === of && balances.some((balance) => balance.kind === kind))
      .map((kind) => ({ of, kind })),
  )
  if (rows.length === 0)
    return (
      <Panel title={t.balances}>
        <p className="text-ink-soft">{t.balancesNone}</p>
      </Panel>
    )
  return (
    <Panel flush title={t.balances}>
      <Table
        bare
        caption={t.balances}
        rows={rows}
        rowKey={({ kind }) => kind}
        columns={[
          {
            key: "account",
            label: t.account,
            heading: true,
            wrap: true,
            cell: ({ kind, of }) => (
              <span className="inline-block min-w-24">
                {bookWords[locale].accounts[kind]}{" "}
                <span className="whitespace-nowrap font-normal text-small text-ink-faint">
                  {t.classes[of]}
                </span>
              </span>
            ),
          },
          ...currencies.map((currency) => ({
            key: currency,
            label: currency,
            align: "right" as const,
            cell: ({ kind }: { kind: Balance["kind"] }) => {
              const balance = balances.find((one) => one.kind === kind && one.currency === currency)
              return balance ? <Signed minor={shown(balance)} currency={currency} locale={locale} /> : null
            },
          })),
        ]}
      />
    </Panel>
  )
}

/** Held funds, by how long they have been held. */
export function Held({ held, locale }: { held: readonly HeldByAge[]; locale: Locale }) {
  const t = words[locale]
  if (held.length === 0)
    return (
      <Panel title={t.held}>
        <p className="text-ink-soft">{t.heldNone}</p>
      </Panel>
    )
  return (
    <Panel flush title={t.held}>
      <Table
        bare
        caption={t.held}
        rows={held}
        rowKey={({ age, currency }) => `${currency} ${age}`}
        columns={[
          { key: "age", label: t.heldColumns.age, heading: true, cell: ({ age }) => t.ages[age] },
          {
            key: "payments",
            label: t.heldColumns.payments,
            align: "right",
            cell: ({ payments }) => formatCount(payments, locale),
          },
          {
            key: "amount",
            label: t.heldColumns.amount,
            align: "right",
            cell: ({ amount, currency }) => (
              <Signed minor={BigInt(amount)} currency={currency} locale={locale} />
            ),
          },
        ]}
      />
    </Panel>
  )
}
