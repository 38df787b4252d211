import type { Locale } from "#contracts/localized-text.ts"
import { currentTemplate, findTemplate } from "#contracts/templates/catalogue.ts"
import type { TemplateId, TemplateLine } from "#contracts/templates/template.ts"
import { listingForm } from "../../../_lib/messages/listing-form.ts"
import { Badge } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Panel } from "../../../_ui/panel.tsx"

/** The contract template in force, to be read before it is offered; readable without JavaScript. */
export function TemplateText({ template, locale }: { template: TemplateId; locale: Locale }) {
  const { version, hash } = currentTemplate(template)
  const text = findTemplate(template, version, locale)
  const t = listingForm[locale]
  if (text === null) return null
  return (
    <Panel title={t.templateTitle} footer={t.templateLead}>
      <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{text.title}</span>
        <Badge>{t.templateVersion(version)}</Badge>
        <span className="text-small text-ink-faint">
          {t.templateHash} <Hash value={hash} locale={locale} />
        </span>
      </p>
      <details>
        <summary className="w-fit cursor-pointer rounded-control py-1 text-accent">{t.read}</summary>
        <div className="mt-3 grid max-w-prose gap-1.5 text-small">
          <Lines lines={text.opening} locale={locale} />
          {text.clauses.map((clause, i) => (
            <section key={clause.heading} className="mt-2 grid gap-1.5">
              <h3 className="font-semibold">
                {i + 1}. {clause.heading}
              </h3>
              <Lines lines={clause.lines} locale={locale} />
            </section>
          ))}
          <Lines lines={text.closing} locale={locale} />
        </div>
      </details>
    </Panel>
  )
}

function Lines({ lines, locale }: { lines: readonly TemplateLine[]; locale: Locale }) {
  const t = listingForm[locale]
  return lines.map((line) =>
    typeof line === "string" ? (
      <p key={line}>{line}</p>
    ) : (
      <p key={`${line.when} ${line.text}`}>
        <span className="mr-1.5 text-ink-faint">[{t.when[line.when]}]</span>
        {line.text}
      </p>
    ),
  )
}
