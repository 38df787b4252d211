import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { formatCount } from "../../../_lib/format.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Hash } from "../../../_ui/hash.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { ProofDrawing } from "./proof-drawing.tsx"
import { proofPathOf } from "./proof-path.ts"

/** The way from the record's hash to the signed root: drawn, and told in words with every hash. */
export function ProofPanel({ certificate, locale }: { certificate: CertificateJson; locale: Locale }) {
  const t = ledger[locale]
  const path = proofPathOf(certificate)
  const { steps, size, root, holds } = path
  return (
    <Panel
      title={t.proof}
      actions={<StatusChip tone={holds ? "good" : "bad"}>{holds ? t.proofHolds : t.proofFails}</StatusChip>}
    >
      <div className="grid gap-4">
        <p className="text-ink-soft">
          {steps.length === 0 ? t.proofAlone : t.proofLead(steps.length, formatCount(size, locale))}
        </p>
        <div className="grid justify-items-center">
          <ProofDrawing
            path={path}
            index={certificate.index}
            leafHash={certificate.leafHash}
            locale={locale}
          />
        </div>
        <details>
          <summary className="w-fit py-1 font-medium text-accent">{t.proofText}</summary>
          <ol className="mt-2 grid list-decimal gap-2 pl-6 text-small">
            <li>
              {t.proofLeaf} <Hash value={certificate.leafHash} locale={locale} full bare />
            </li>
            {steps.map((step) => (
              <li key={step.from}>
                {t.proofStep(step.side, step.from, step.to)}{" "}
                <Hash value={step.sibling} locale={locale} full bare />
                <span className="block text-ink-faint">
                  {t.proofGives} <Hash value={step.joined} locale={locale} full bare />
                </span>
              </li>
            ))}
            <li>
              {t.proofRoot} <Hash value={root} locale={locale} full bare />
            </li>
          </ol>
        </details>
      </div>
    </Panel>
  )
}
