import { once } from "node:events"
import { z } from "zod"
import { journalTypes } from "#contracts/escrow.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { readPostings } from "../finance/book-store.ts"
import { csvColumns, csvLine } from "../finance/csv.ts"
import { permitFinance } from "../finance/queries.ts"
import { closedContentSecurityPolicy, securityHeaders } from "../security-headers.ts"
import type { Door } from "./door.ts"

const query = z.strictObject({ type: z.enum(journalTypes).optional() })

/** The book as a table for spreadsheets, written as it is read: however long it is, a page of it is in memory. */
const bookFile: Door = {
  method: "GET",
  pattern: /^\/api\/finance\/book\.csv$/,
  async open({ services, request, response, url, actor }) {
    const may = permitFinance(await actor())
    if (isRefusal(may)) return may
    const asked = query.safeParse(Object.fromEntries(url.searchParams))
    if (!asked.success) return refuse("invalid_input", "type")
    response.writeHead(200, {
      ...securityHeaders,
      "Content-Security-Policy": closedContentSecurityPolicy,
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${asked.data.type ?? "book"}.csv"`,
      "Cache-Control": "private, no-store",
    })
    if (request.method === "HEAD") {
      response.end()
      return undefined
    }
    response.write(`${csvColumns.join()}\r\n`)
    for await (const lines of readPostings(services.sql, asked.data.type ?? null)) {
      if (response.destroyed) return undefined
      if (!response.write(lines.map(csvLine).join("")))
        await Promise.race([once(response, "drain"), once(response, "close")])
    }
    response.end()
    return undefined
  },
}

export const financeDoors: readonly Door[] = [bookFile]
