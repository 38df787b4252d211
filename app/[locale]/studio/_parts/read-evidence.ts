import type { RightHeld, RightsEvidence } from "#contracts/registration.ts"
import type { LegalBasis } from "#contracts/rights/basis.ts"
import type { DocumentReference } from "#contracts/rights/document.ts"
import { actions } from "#contracts/rights.ts"
import { parsePercent } from "#contracts/tax.ts"
import type { Time } from "#contracts/time.ts"

/** The last text of a field, trimmed and in one line; null when there is none. */
const textOf = (data: FormData, name: string): string | null => {
  const text = String(data.get(name) ?? "")
    .replace(/\s+/g, " ")
    .trim()
  return text === "" ? null : text
}

const all = (data: FormData, name: string): string[] => data.getAll(name).map((one) => String(one).trim())

/** A day as the moment at which it begins, UTC. */
const dayOf = (data: FormData, name: string): Time | null => {
  const day = textOf(data, name)
  return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? (`${day}T00:00:00.000Z` as Time) : null
}

/** A paper is there once it has a title and a way to find it; the form asks for both together. */
function paper(data: FormData, name: string): DocumentReference | null {
  const [title, issuer] = [textOf(data, `${name}.title`), textOf(data, `${name}.issuer`)]
  const [number, url] = [textOf(data, `${name}.number`), textOf(data, `${name}.url`)]
  if (title === null || (number === null && url === null)) return null
  return { title, issuer, number, url, sha256: textOf(data, `${name}.sha256`) }
}

function basisOf(data: FormData): LegalBasis {
  const kind = textOf(data, "basis.kind")
  const stated = {
    allows: actions.filter((action) => all(data, "basis.allows").includes(action)),
    attribution: data.has("basis.attribution"),
  }
  if (kind === "own" || kind === "authorised-operation") return { kind }
  if (kind === "licence") {
    const licence = textOf(data, "basis.licence")
    return licence === null ? { kind: "unstated" } : ({ kind, licence } as LegalBasis)
  }
  const [name, url] = [textOf(data, "basis.name"), textOf(data, "basis.url")]
  if (kind === "terms" && name !== null && url !== null) return { kind, name, url, ...stated }
  const document = paper(data, "basis.document")
  if (kind === "contract" && document !== null) return { kind, document, ...stated }
  return { kind: "unstated" }
}

function heldOf(data: FormData, right: string): RightHeld {
  const by = textOf(data, `rights.${right}.by`)
  if (by === "self" || by === "licence") return { by }
  const from = textOf(data, `rights.${right}.from`)
  if (by === "authorised" && from !== null)
    return { by, from, document: paper(data, `rights.${right}.document`) }
  return { by: "nobody" }
}

function crossBorderOf(data: FormData): RightsEvidence["crossBorder"] {
  if (textOf(data, "crossBorder.planned") !== "yes") return { planned: false }
  const regions = (textOf(data, "crossBorder.regions") ?? "")
    .toUpperCase()
    .split(/[\s,，、]+/)
    .filter((code) => /^[A-Z]{2}$/.test(code))
  type Planned = Extract<RightsEvidence["crossBorder"], { planned: true }>
  return {
    planned: true,
    mechanism: textOf(data, "crossBorder.mechanism") as Planned["mechanism"],
    document: paper(data, "crossBorder.document"),
    ground: textOf(data, "crossBorder.ground"),
    regions: regions.length > 0 ? regions : null,
  }
}

function operationOf(data: FormData): RightsEvidence["authorisedOperation"] {
  const [agency, scope] = [textOf(data, "operation.agency"), textOf(data, "operation.scope")]
  const [from, until] = [dayOf(data, "operation.from"), dayOf(data, "operation.until")]
  const agreement = paper(data, "operation.agreement")
  if (agency === null || scope === null || from === null || until === null || agreement === null) return null
  const cap = parsePercent(textOf(data, "operation.feeCap") ?? "")
  return { agency, agreement, scope, from, until, ...(cap === null ? {} : { feeCapBasisPoints: cap }) }
}

function externalOf(data: FormData): RightsEvidence["external"] {
  const [kinds, numbers] = [all(data, "external.kind"), all(data, "external.number")]
  const [codes, issuers] = [all(data, "external.queryCode"), all(data, "external.issuer")]
  return kinds.flatMap((kind, i) => {
    const [number, queryCode, issuer] = [numbers[i] ?? "", codes[i] || null, issuers[i] ?? ""]
    if (number === "" || issuer === "") return []
    return [{ kind, number, queryCode, issuer } as RightsEvidence["external"][number]]
  })
}

/**
 * What the registration form holds. A question that is answered in part counts as not answered, and the strip
 * then names it: the browser asks for the rest before it lets the form go.
 */
export function readEvidence(data: FormData): RightsEvidence {
  const graded = all(data, "grade.fieldGrade")
  const personal = textOf(data, "personal.present") === "yes"
  type Personal = Extract<RightsEvidence["personalData"], { present: true }>
  return {
    source: {
      name: textOf(data, "source.name"),
      url: textOf(data, "source.url"),
      obtained: (textOf(data, "source.obtained") ?? "produced") as RightsEvidence["source"]["obtained"],
      note: textOf(data, "source.note"),
    },
    basis: basisOf(data),
    rights: {
      holding: heldOf(data, "holding"),
      use: heldOf(data, "use"),
      operation: heldOf(data, "operation"),
    },
    dataClass: (textOf(data, "dataClass") ?? "enterprise") as RightsEvidence["dataClass"],
    grade: {
      whole: (textOf(data, "grade.whole") ?? "general") as RightsEvidence["grade"]["whole"],
      fields: all(data, "grade.field").flatMap((field, i) =>
        field === ""
          ? []
          : [{ field, grade: graded[i] ?? "general" } as RightsEvidence["grade"]["fields"][number]],
      ),
      approval: paper(data, "grade.approval"),
    },
    personalData: personal
      ? {
          present: true,
          basis: textOf(data, "personal.basis") as Personal["basis"],
          impactAssessment: paper(data, "personal.impact"),
        }
      : { present: false },
    crossBorder: crossBorderOf(data),
    authorisedOperation: operationOf(data),
    external: externalOf(data),
  }
}
