import type { Locale } from "../localized-text.ts"
import { type Action, actions, type RightsPolicy, rightsPolicy } from "../rights.ts"

/**
 * Well-known licences of data and what they let a holder do, read conservatively from their own texts: where a
 * text leaves doubt, the action is not in `grants`. Ids are SPDX ids where SPDX has one.
 * - `attribution`: a credit or notice must be kept.
 * - `shareAlike`: what is made from the data goes out under the same licence.
 * - `unrestrictable`: whoever passes the data on may not add restrictions of their own (CC 4.0 section 2(a)(5),
 *   ODbL 1.0 section 4.8), so a policy may neither forbid nor narrow what the licence grants.
 */
export type Licence = {
  title: string
  url: string
  grants: readonly Action[]
  attribution: boolean
  shareAlike: boolean
  unrestrictable: boolean
}

const all: readonly Action[] = actions
const without = (...left: Action[]): readonly Action[] => actions.filter((action) => !left.includes(action))

const free = { grants: all, attribution: false, shareAlike: false, unrestrictable: false } as const
const credited = { ...free, attribution: true } as const
const creative = { ...credited, unrestrictable: true } as const
const creativeUrl = "https://creativecommons.org/licenses"

export const licences = {
  "CC0-1.0": {
    ...free,
    title: "CC0 1.0 Universal",
    url: "https://creativecommons.org/publicdomain/zero/1.0/",
  },
  "PDDL-1.0": {
    ...free,
    title: "ODC Public Domain Dedication and License 1.0",
    url: "https://opendatacommons.org/licenses/pddl/1-0/",
  },
  "public-domain": {
    ...free,
    title: "Public domain (as stated by the source)",
    url: "https://creativecommons.org/publicdomain/mark/1.0/",
  },
  "us-public-domain": {
    ...free,
    title: "U.S. government work (17 U.S.C. § 105)",
    url: "https://www.usa.gov/government-works",
  },
  WTFPL: {
    ...free,
    title: "Do What The F*ck You Want To Public License 2",
    url: "http://www.wtfpl.net/about/",
  },
  "CC-BY-4.0": { ...creative, title: "Creative Commons Attribution 4.0", url: `${creativeUrl}/by/4.0/` },
  "CC-BY-SA-4.0": {
    ...creative,
    shareAlike: true,
    title: "Creative Commons Attribution-ShareAlike 4.0",
    url: `${creativeUrl}/by-sa/4.0/`,
  },
  "CC-BY-NC-4.0": {
    ...creative,
    grants: without("commercialise"),
    title: "Creative Commons Attribution-NonCommercial 4.0",
    url: `${creativeUrl}/by-nc/4.0/`,
  },
  "CC-BY-NC-SA-4.0": {
    ...creative,
    grants: without("commercialise"),
    shareAlike: true,
    title: "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
    url: `${creativeUrl}/by-nc-sa/4.0/`,
  },
  // What is made from the material may be kept but not shared, so deriving is not offered on, nor is training.
  "CC-BY-ND-4.0": {
    ...creative,
    grants: without("derive", "aggregate", "train"),
    title: "Creative Commons Attribution-NoDerivatives 4.0",
    url: `${creativeUrl}/by-nd/4.0/`,
  },
  "ODbL-1.0": {
    ...creative,
    shareAlike: true,
    title: "ODC Open Database License 1.0",
    url: "https://opendatacommons.org/licenses/odbl/1-0/",
  },
  "ODC-By-1.0": {
    ...creative,
    title: "ODC Attribution License 1.0",
    url: "https://opendatacommons.org/licenses/by/1-0/",
  },
  "OGL-UK-3.0": {
    ...credited,
    title: "Open Government Licence v3.0 (UK)",
    url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
  },
  "etalab-2.0": {
    ...credited,
    title: "Licence Ouverte / Open Licence 2.0 (Etalab)",
    url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
  },
  "CDLA-Permissive-2.0": {
    ...credited,
    title: "Community Data License Agreement – Permissive 2.0",
    url: "https://cdla.dev/permissive-2-0/",
  },
  MIT: { ...credited, title: "MIT License", url: "https://opensource.org/license/mit" },
  ISC: { ...credited, title: "ISC License", url: "https://opensource.org/license/isc-license-txt" },
  "BSD-3-Clause": {
    ...credited,
    title: "BSD 3-Clause License",
    url: "https://opensource.org/license/bsd-3-clause",
  },
  "Apache-2.0": {
    ...credited,
    title: "Apache License 2.0",
    url: "https://www.apache.org/licenses/LICENSE-2.0",
  },
} as const satisfies Record<string, Licence>

export type LicenceId = keyof typeof licences
export const licenceIds = Object.keys(licences) as [LicenceId, ...LicenceId[]]

export const licence = (id: LicenceId): Licence => licences[id]

/** What a page says of a licence, beside its title. */
export function licenceNotes(id: LicenceId, locale: Locale): string[] {
  const { grants, attribution, shareAlike, unrestrictable } = licence(id)
  const zh = locale === "zh"
  const notes: string[] = []
  if (!grants.includes("commercialise"))
    notes.push(
      zh ? "不得用于商业目的，只能免费挂牌。" : "No commercial use; it can only be listed free of charge.",
    )
  if (!grants.includes("derive")) notes.push(zh ? "不得分发改编内容。" : "Adaptations may not be passed on.")
  if (attribution) notes.push(zh ? "须保留署名或声明。" : "The credit or notice must be kept.")
  if (shareAlike)
    notes.push(zh ? "衍生数据须以相同许可发布。" : "What is made from it goes out under the same licence.")
  if (unrestrictable)
    notes.push(zh ? "转让时不得附加限制。" : "No restrictions may be added when it is passed on.")
  return notes
}

/**
 * The widest policy that a licence allows, to pre-fill the rights questions: what it grants is permitted, the
 * rest is prohibited, and a credit is due where the licence asks for one. A transfer abroad is left silent: it
 * is for the law and the seller's papers to allow.
 */
export function policyOfLicence(id: LicenceId, credit: string): RightsPolicy {
  const { grants, attribution } = licence(id)
  const term = (action: Action) => {
    if (action === "transfer-abroad") return { stance: "silent" }
    return grants.includes(action)
      ? { stance: "permitted", constraints: {}, duties: [] }
      : { stance: "prohibited" }
  }
  return rightsPolicy.parse({
    v: 1,
    terms: Object.fromEntries(actions.map((action) => [action, term(action)])),
    obligations: attribution ? [{ kind: "attribute", credit }] : [],
  })
}
