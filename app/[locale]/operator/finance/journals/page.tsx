import type { Metadata } from "next"
import { journalTypes } from "#contracts/escrow.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { bookWords } from "../../../../_lib/messages/book-words.ts"
import { finance as words } from "../../../../_lib/messages/finance.ts"
import { kit } from "../../../../_lib/messages/kit.ts"
import { localeOf } from "../../../../_lib/page.ts"
import { doors, paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { Button, ButtonLink } from "../../../../_ui/button.tsx"
import { Select, TextField } from "../../../../_ui/fields.tsx"
import { Breadcrumbs, Pager } from "../../../../_ui/navigation.tsx"
import { PageHead } from "../../../../_ui/panel.tsx"
import { EmptyState } from "../../../../_ui/states.tsx"
import { BookPanel } from "../../../supervision/_parts/book-table.tsx"

type Query = { type?: string; of?: string; before?: string }
type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Query> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].journalsTitle }
}

/** Journals of one type, the newest first, or all of one thing, each with its trade and its ledger record. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const type = journalTypes.find((one) => one === query.type) ?? "payment.held"
  const of = typeof query.of === "string" ? query.of.trim().slice(0, 40) : ""
  const before = query.before ?? null
  const api = await caller(locale)
  const found = await load(locale, () => api.finance.journals({ type, of, before }))
  const t = words[locale]
  const to = paths(locale)
  if (!found.ok && found.refused.code !== "invalid_input")
    return <Refused failure={found.refused} locale={locale} />
  const page = found.ok ?? { journals: [], next: null }
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: t.title, href: to.finance() }, { label: t.journalsTitle }]}
      />
      <PageHead
        title={t.journalsTitle}
        lead={t.journalsLead}
        actions={
          <ButtonLink href={doors.bookFile({ type })} download>
            {t.exportType}
          </ButtonLink>
        }
      />
      <form
        method="get"
        action={to.journals()}
        className="mb-6 grid items-end gap-4 sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)_auto]"
      >
        <Select
          label={t.filterType}
          name="type"
          defaultValue={type}
          options={journalTypes.map((value) => ({ value, label: bookWords[locale].entries[value] }))}
        />
        <TextField
          optional={kit[locale].optional}
          label={t.filterOf}
          hint={t.filterOfHint}
          name="of"
          defaultValue={of}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit">{t.filter}</Button>
      </form>
      {page.journals.length === 0 ? (
        <EmptyState title={t.journalsNone}>{t.filterOfHint}</EmptyState>
      ) : (
        <BookPanel withTrade journals={page.journals} locale={locale} />
      )}
      <Pager
        locale={locale}
        previous={before ? to.journals({ type }) : null}
        next={page.next ? to.journals({ type, before: page.next }) : null}
      />
    </>
  )
}
