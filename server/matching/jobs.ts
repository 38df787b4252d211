import { isRefusal, refuse } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"
import { expire } from "./rules.ts"
import { loadDueRequests, loadRequest } from "./store.ts"

/** Ends open requests whose deadline is over by database time. Answers how many. Safe beside another worker. */
export async function sweepRequests(
  { sql, writer }: Pick<Services, "sql" | "writer">,
  limit = 200,
): Promise<number> {
  const due = await loadDueRequests(sql, writer.now(), limit)
  const answers = await Promise.all(
    due.map((request) =>
      writer.run(
        { giver: "system", id: `expire:${request}`, action: "request.expire", input: { request } },
        async () => (await loadRequest(sql, request)) ?? refuse("not_found", "request"),
        expire,
      ),
    ),
  )
  return answers.filter((answer) => !isRefusal(answer)).length
}
