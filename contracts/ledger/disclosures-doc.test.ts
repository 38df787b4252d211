import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type FactType, factTypes } from "./fact.ts"

/** What docs/disclosures.md names in the first two columns of its tables. */
const named = new Map<string, string[]>()
const quotedIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text as string)
for (const line of readFileSync(new URL("../../docs/disclosures.md", import.meta.url), "utf8").split("\n")) {
  const [, types, members] = line.split("|")
  if (types === undefined || members === undefined) continue
  for (const type of quotedIn(types)) named.set(type, quotedIn(members))
}

test.each(Object.keys(factTypes) as FactType[])(
  "docs/disclosures.md says what %s tells everybody",
  (type) => {
    const clear = Object.keys(factTypes[type].clear.shape).filter((name) => name !== "version")
    expect(named.get(type)?.toSorted()).toEqual(clear.toSorted())
  },
)

test("and names no other", () => expect([...named.keys()].filter((type) => !(type in factTypes))).toEqual([]))
