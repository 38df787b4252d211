import type { Locale } from "#contracts/localized-text.ts"
import { certificate as words } from "../../../_lib/messages/certificate.ts"
import { doors, paths } from "../../../_lib/paths.ts"
import { Link, linkLook } from "../../../_ui/link.tsx"

/**
 * The certificate of one record in each of its forms, folded away until it is wanted. `own`: with the confidential
 * values that the reader's party may read.
 */
export function CertificateFiles({ index, own, locale }: { index: number; own: boolean; locale: Locale }) {
  const t = words[locale]
  const to = paths(locale)
  const query = own ? { values: "own" } : {}
  return (
    <details className="group min-w-0 open:basis-full">
      <summary className={`${linkLook} inline-flex min-h-6 items-center`}>
        {t.files}
        <span className="sr-only"> ({t.filesOf(index)})</span>
      </summary>
      <div className="mt-1.5 rounded-control bg-sunken px-3 py-2">
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          <li>
            <Link href={to.certificate(index)}>{t.page}</Link>
          </li>
          <li>
            <a className={linkLook} href={to.certificatePdf(index, query)} download>
              {t.short.pdf}
            </a>
          </li>
          <li>
            <a
              className={linkLook}
              href={doors.certificateJson(index, query)}
              download={`certificate-${index}.json`}
            >
              {t.short.json}
            </a>
          </li>
          <li>
            <a className={linkLook} href={doors.proof(index)} download={`record-${index}.tlog-proof`}>
              {t.short.proof}
            </a>
          </li>
        </ul>
        {own ? <p className="mt-1 text-ink-soft">{t.ownShort}</p> : null}
      </div>
    </details>
  )
}
