import type { WantedUse } from "#contracts/rights.ts"

/** The wanted use that the fields of `UseFields` say, or null when no use is ticked. The server judges the words. */
export function readUse(fields: FormData): WantedUse | null {
  const actions = fields.getAll("action").map(String)
  if (actions.length === 0) return null
  const training = actions.includes("train") ? fields.getAll("training").map(String) : []
  const told = ["purpose", "industry", "recipient"].flatMap((name) => {
    const value = String(fields.get(name) ?? "")
    return value === "" ? [] : [[name, value] as const]
  })
  return { actions, ...(training.length > 0 ? { training } : {}), ...Object.fromEntries(told) } as WantedUse
}
