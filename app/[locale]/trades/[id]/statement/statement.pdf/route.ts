import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { locales } from "#contracts/localized-text.ts"
import { answerFailure, answerPdf, answerRefusal } from "../../../../../_lib/answer.ts"
import { caller, load } from "../../../../../_lib/caller.ts"
import { trade as words } from "../../../../../_lib/messages/trade.ts"
import { paths } from "../../../../../_lib/paths.ts"
import { publicAddress } from "../../../../../_lib/public-address.ts"
import { hasStatement, recordOfEnd, statementDocument, statementNumber } from "../../../_parts/statement.ts"

const asked = z.strictObject({
  locale: z.enum(locales),
  id: z.string().refine((text): text is Id<"trade"> => isId("trade", text)),
})

/** The statement of an ended trade as a PDF, for those who may read the trade. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ locale: string; id: string }> },
): Promise<Response> {
  const input = asked.safeParse(await params)
  if (!input.success) return answerRefusal({ refused: "not_found" }, "en")
  const { locale, id } = input.data
  const api = await caller(locale)
  const found = await load(locale, () => api.trades.page({ trade: id }))
  if (!found.ok) return answerFailure(found.refused)
  if (!hasStatement(found.ok)) return answerRefusal({ refused: "not_found" }, locale)
  const index = recordOfEnd(found.ok)
  const to = paths(locale)
  const url = publicAddress(index === null ? to.statement(id) : to.verify({ record: index }))
  const name = words[locale].statementFile(statementNumber(found.ok))
  return answerPdf(statementDocument(found.ok, locale, url), name)
}
