import type { Locale } from "#contracts/localized-text.ts"
import type { Registration } from "#contracts/registration.ts"
import { evidence as words } from "../../../_lib/messages/evidence.ts"
import { registrationReview } from "../../../_lib/messages/registration-review.ts"
import { Callout } from "../../../_ui/states.tsx"
import { Time } from "../../../_ui/values.tsx"

/** Where the review is, and what happens next. */
export function ReviewState({ registration, locale }: { registration: Registration; locale: Locale }) {
  const t = words[locale]
  const { state, rejection, number } = registration
  const when = (
    <p className="mt-1 text-small">
      <Time time={registration.updatedAt} locale={locale} />
    </p>
  )
  if (state === "submitted")
    return (
      <Callout title={t.states.submitted}>
        <p>{t.submittedLead}</p>
        {when}
      </Callout>
    )
  if (state === "approved")
    return (
      <Callout tone="good" title={t.states.approved}>
        <p>{t.approvedLead(number ?? "")}</p>
        {when}
      </Callout>
    )
  return (
    <Callout tone="bad" title={t.states.rejected}>
      {rejection ? (
        <p>
          {t.reason}
          {locale === "zh" ? "：" : ": "}
          {registrationReview[locale].registrationReasons[rejection.reason]}
          {locale === "zh" ? "。" : ". "}
          {rejection.note}
        </p>
      ) : null}
      {when}
    </Callout>
  )
}
