import { z } from "zod"
import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import { type Locale, locales, readText } from "#contracts/localized-text.ts"
import type { Refusal } from "#contracts/refusal.ts"
import { answerFailure, answerPdf, answerRefusal } from "../../../../_lib/answer.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { certificate as words } from "../../../../_lib/messages/certificate.ts"
import { paths } from "../../../../_lib/paths.ts"
import { publicAddress } from "../../../../_lib/public-address.ts"
import { positionOf } from "../../../ledger/_parts/record-view.ts"
import { certificateDocument, type PartyNames, partiesIn } from "../../_parts/certificate-document.ts"

const asked = z.strictObject({
  locale: z.enum(locales),
  index: z.string().transform(positionOf).pipe(z.int()),
  values: z.literal("own").optional(),
})

/**
 * A record's certificate as a PDF. It is public and holds nothing confidential, but with `values=own` those values
 * that the asking party may read; who may read none is told that there is no such thing.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ locale: string; index: string }> },
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const input = asked.safeParse({ ...query, ...(await params) })
  if (!input.success) return answerRefusal({ refused: "not_found" }, "en")
  const { locale, index, values } = input.data
  const api = await caller(locale)
  const found = await load<CertificateJson | Refusal>(locale, () =>
    values === "own" ? api.ledger.ownCertificate({ index }) : api.ledger.certificate({ index }),
  )
  if (!found.ok) return answerFailure(found.refused)
  const url = publicAddress(paths(locale).verify({ record: index }))
  const names = await namesIn(found.ok, locale)
  const document = certificateDocument(found.ok, { locale, url, names })
  return answerPdf(document, words[locale].fileName(found.ok.number.replace("#", "-")))
}

async function namesIn({ opened = [] }: CertificateJson, locale: Locale): Promise<PartyNames> {
  const api = await caller(locale)
  const parties = [...new Set(opened.flatMap(({ value }) => partiesIn(value)))]
  const cards = await Promise.all(
    parties.map(async (party) => [party, await load(locale, () => api.parties.card({ party }))] as const),
  )
  return new Map(
    cards.flatMap(([party, { ok }]) => (ok ? [[party, readText(ok.name, locale).text] as const] : [])),
  )
}
