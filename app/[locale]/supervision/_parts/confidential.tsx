import type { Locale } from "#contracts/localized-text.ts"
import type { OpeningPurpose } from "#server/ledger/opening-rules.ts"
import type { OpenNow } from "#server/supervision/openings.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { openingWords } from "../../../_lib/messages/opening-words.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Callout } from "../../../_ui/states.tsx"
import { OpenValues } from "./open-values.tsx"

type Props = {
  subject: string
  kind: "trade" | "party" | "freeze"
  opening: OpenNow | null
  /** True when the address names an opening that is over or another's. */
  over: boolean
  /** The page's address without an opening. */
  here: string
  locale: Locale
}

/** Says that confidential values are closed and opens them for a purpose, or that they are open and until when. */
export function Confidential({ subject, kind, opening, over, here, locale }: Props) {
  const t = openingWords[locale]
  const purposes = Object.entries(t.purposes).map(([value, label]) => ({ value, label }))
  if (opening)
    return (
      <Callout
        tone="warn"
        title={t.opened}
        actions={
          <ButtonLink size="small" href={here} icon="lock" scroll={false}>
            {t.hide}
          </ButtonLink>
        }
      >
        {t.openedLead(t.purposes[opening.purpose as OpeningPurpose], formatTime(opening.until, locale))}{" "}
        {opening.index === null ? (
          t.openedWaits
        ) : (
          <Link href={paths(locale).record(opening.index)}>{t.openedRecord(opening.index)}</Link>
        )}
      </Callout>
    )
  return (
    <Callout
      title={t.closed}
      actions={
        <OpenValues
          subject={subject}
          purposes={purposes}
          words={{
            label: t.open,
            busy: t.opening,
            title: t.openTitle,
            lead: t.openLead,
            purpose: t.purpose,
          }}
        />
      }
    >
      {over ? `${t.openedOver} ` : ""}
      {t.closedLead[kind]}
    </Callout>
  )
}
