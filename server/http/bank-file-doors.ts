import { importQuery, mostFileBytes } from "#contracts/bank-file.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { importStatement } from "../bank-files/import.ts"
import { answerJson, type Door, readBody } from "./door.ts"

/** A statement of the platform's bank account, as the bank gives it, in the body: `?currency=CNY`. */
const importDoor: Door = {
  method: "POST",
  pattern: /^\/api\/bank-files$/,
  async open(call) {
    const { services, request, response, url } = call
    const actor = await call.actor()
    const may = permit(actor, "bankFile.import")
    if (isRefusal(may)) return may
    const asked = importQuery.safeParse(Object.fromEntries(url.searchParams))
    if (!asked.success) return refuse("invalid_input", "currency")
    if (Number(request.headers["content-length"] ?? 0) > mostFileBytes)
      return refuse("body_too_large", "file", { limit: mostFileBytes })
    const bytes = await readBody(request, mostFileBytes)
    if (isRefusal(bytes)) return bytes
    const answer = await importStatement(services, actor, bytes, asked.data.currency)
    if (isRefusal(answer)) return answer
    answerJson(response, 200, answer)
    return undefined
  },
}

export const bankFileDoors: readonly Door[] = [importDoor]
