import type { DraftChanges, PolicyInput } from "#contracts/product.ts"
import type { RightsEvidence } from "#contracts/registration.ts"
import { policyOfLicence } from "#contracts/rights/licences.ts"
import { type Action, actions, type RightsPolicy } from "#contracts/rights.ts"
import { demoParties } from "../people.ts"
import { type DemoProduct, packages } from "./product.ts"

/** The answers that the seller of a demo product gives in the studio, all in one save. */
export function draftOf(product: DemoProduct): DraftChanges {
  const { title, description, domain } = product
  const plans = product.plans.map((plan) => ({
    ...plan,
    ...(plan.kind === "one-off" && isChinese(product.seller) ? { taxRate: "6", taxIncluded: true } : {}),
    currency: "CNY",
    template: "data-supply" as const,
    deliveryHours: 72,
    acceptanceHours: 168,
  }))
  return { title, description, domain, evidence: evidenceOf(product), policy: policyOf(product), plans }
}

/** Modern services, as mainland China taxes them: prices are said with the tax. */
const isChinese = (email: string): boolean =>
  demoParties.some((party) => party.email === email && party.country === "CN")

/** Where the file came from, as its package tells it; what the package leaves open stays open here too. */
function evidenceOf(product: DemoProduct): RightsEvidence {
  const { source, ground } = product
  const held = { by: ground.kind === "unstated" ? "nobody" : "licence" } as const
  return {
    source: {
      name: source?.name ?? null,
      url: source?.url ?? null,
      obtained: "public-download",
      note: noteOf(product),
    },
    basis: basisOf(ground),
    rights: { holding: { by: "self" }, use: held, operation: held },
    dataClass: "public",
    grade: { whole: "general", fields: [], approval: null },
    personalData: { present: false },
    crossBorder: abroad(product),
    authorisedOperation: null,
    external: [],
  }
}

/** In the seller's language, as a seller would write it. */
function noteOf({ package: from, file, as, source, title }: DemoProduct): string {
  const { name, version } = packages[from]
  const parts =
    title.original === "zh"
      ? [
          `取自 npm 包 ${name} ${version} 的 ${file}。`,
          source && `包内说明的许可：${source.states}。`,
          as && `已转换为 ${as.name}，各行未作改动。`,
        ]
      : [
          `From ${file} of the npm package ${name} ${version}.`,
          source && ` Licence as the package states it: ${source.states}.`,
          as && ` Converted to ${as.name} without a change to its rows.`,
        ]
  return parts.filter((part) => part).join("")
}

function basisOf(ground: DemoProduct["ground"]): RightsEvidence["basis"] {
  if (ground.kind === "licence") return { kind: "licence", licence: ground.licence }
  return ground.kind === "terms" ? ground.basis : { kind: "unstated" }
}

/** Published by others for everyone, without personal or important data: no paper is needed to send it abroad. */
function abroad({ ground, title }: DemoProduct): RightsEvidence["crossBorder"] {
  if (ground.kind !== "licence") return { planned: false }
  return {
    planned: true,
    mechanism: "exempt",
    document: null,
    ground:
      title.original === "zh"
        ? "已向公众公开的数据，不含个人信息和重要数据。"
        : "Data open to the public that hold neither personal nor important data.",
    regions: null,
  }
}

function policyOf({ ground, answers }: DemoProduct): PolicyInput {
  if (answers) return { by: "answers", answers }
  return { by: "policy", policy: policyOfGround(ground) }
}

function policyOfGround(ground: DemoProduct["ground"]): RightsPolicy {
  if (ground.kind === "licence") {
    const policy = policyOfLicence(ground.licence, ground.credit)
    return { ...policy, terms: { ...policy.terms, "transfer-abroad": permitted } }
  }
  const allowed: readonly Action[] = ground.kind === "terms" ? ground.basis.allows : ["use"]
  const term = (action: Action) =>
    allowed.includes(action) ? permitted : ({ stance: "prohibited" } as const)
  return {
    v: 1,
    terms: Object.fromEntries(actions.map((action) => [action, term(action)])) as RightsPolicy["terms"],
    obligations: ground.kind === "terms" ? [{ kind: "attribute", credit: ground.credit }] : [],
  }
}

const permitted = { stance: "permitted", constraints: {}, duties: [] } as {
  stance: "permitted"
  constraints: Record<string, never>
  duties: never[]
}
