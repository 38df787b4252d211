import type { PolicyInput } from "#contracts/product.ts"
import type { RightsForm } from "#contracts/rights/form.ts"
import type { LicenceId } from "#contracts/rights/licences.ts"
import { industries, purposes, trainingKinds } from "#contracts/rights.ts"
import type { Time } from "#contracts/time.ts"

const textOf = (data: FormData, name: string): string => String(data.get(name) ?? "").trim()

const chosen = <W extends string>(data: FormData, name: string, words: readonly W[]): W[] =>
  words.filter((word) => data.getAll(name).includes(word))

const numberOf = (data: FormData, name: string): number | null => {
  const text = textOf(data, name)
  return /^\d{1,7}$/.test(text) && Number(text) > 0 ? Number(text) : null
}

const dayOf = (data: FormData, name: string): Time | null => {
  const day = textOf(data, name)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? (`${day}T00:00:00.000Z` as Time) : null
}

function answersOf(data: FormData): RightsForm {
  const abroad = textOf(data, "abroad")
  const regions = textOf(data, "regions")
    .toUpperCase()
    .split(/[\s,，、]+/)
    .filter((code) => /^[A-Z]{2}$/.test(code))
  return {
    purposes: chosen(data, "purposes", purposes),
    industries: chosen(data, "industries", industries),
    commercial: textOf(data, "commercial") === "yes",
    passOn: (textOf(data, "passOn") || "results") as RightsForm["passOn"],
    training: chosen(data, "training", trainingKinds),
    abroad: abroad === "anywhere" ? "anywhere" : abroad === "regions" && regions.length > 0 ? regions : "no",
    terms: {
      from: dayOf(data, "from"),
      until: dayOf(data, "until"),
      downloads: numberOf(data, "downloads"),
      users: numberOf(data, "users"),
      credit: textOf(data, "credit").replace(/\s+/g, " ") || null,
      deleteAfterDays: numberOf(data, "deleteAfterDays"),
      reportEveryDays: numberOf(data, "reportEveryDays"),
    },
  }
}

/** What the rights form holds; null while a pasted document is not JSON or a needed credit is empty. */
export function readRights(data: FormData): PolicyInput | null {
  const way = textOf(data, "way")
  if (way === "licence") {
    const [licence, credit] = [textOf(data, "licence"), textOf(data, "licenceCredit").replace(/\s+/g, " ")]
    return credit === "" ? null : { by: "licence", licence: licence as LicenceId, credit }
  }
  if (way !== "odrl") return { by: "answers", answers: answersOf(data) }
  try {
    const document: unknown = JSON.parse(textOf(data, "odrl"))
    if (typeof document !== "object" || document === null || Array.isArray(document)) return null
    return { by: "odrl", document: document as Record<string, unknown> }
  } catch {
    return null
  }
}
