import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterEach, beforeEach, expect, test } from "vitest"
import { Store } from "./store.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stripe-sandbox-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const link = (account: string) => ({
  account,
  expiresAt: 0,
  refreshUrl: "http://127.0.0.1/",
  returnUrl: null,
  used: false,
})

const content = (store: Store): [string, string][] =>
  [...store.oldest("link")].map(([id, row]) => [id, row.account])

type Step = { id: string; account: string | null }
const commit = fc.record({
  steps: fc.array(
    fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      account: fc.option(fc.string({ maxLength: 4 }), { freq: 4 }),
    }),
    { maxLength: 5 },
  ),
  fails: fc.boolean(),
})

/** The same commits on a plain map: an id keeps its place once it had one, also after it was removed. */
function model(commits: readonly { steps: Step[]; fails: boolean }[]): [string, string][] {
  const order: string[] = []
  const rows = new Map<string, string | null>()
  for (const { steps, fails } of commits) {
    if (fails) continue
    for (const { id, account } of steps) {
      if (!order.includes(id)) order.push(id)
      rows.set(id, account)
    }
  }
  return order.flatMap((id): [string, string][] => {
    const account = rows.get(id)
    return account === null || account === undefined ? [] : [[id, account]]
  })
}

test("a store holds what was committed and nothing of what failed, also after it is opened again", () => {
  fc.assert(
    fc.property(fc.array(commit, { maxLength: 12 }), fc.string(), (commits, torn) => {
      rmSync(join(folder, "journal.jsonl"), { force: true })
      const store = new Store(folder)
      for (const { steps, fails } of commits) {
        const action = () => {
          for (const { id, account } of steps)
            if (account === null) store.remove("link", id)
            else store.put("link", id, link(account))
          if (fails) throw new Error("fails")
        }
        if (fails) expect(() => store.write(action)).toThrow("fails")
        else store.write(action)
      }
      expect(content(store)).toEqual(model(commits))
      store.close()
      appendFileSync(
        join(folder, "journal.jsonl"),
        `[["link","torn",${JSON.stringify(torn)}`.replace("\n", ""),
      )
      const again = new Store(folder)
      expect(content(again)).toEqual(model(commits))
      again.write(() => again.put("link", "z", link("last")))
      again.close()
      const third = new Store(folder)
      expect(content(third).at(-1)).toEqual(["z", "last"])
      third.close()
    }),
    { numRuns: 60 },
  )
})

test("a long journal of few rows is written anew, with the same content", () => {
  const path = join(folder, "journal.jsonl")
  const line = (i: number) => JSON.stringify([["link", `link_${i % 3}`, link(`acct_${i}`)]])
  writeFileSync(path, `${Array.from({ length: 3000 }, (_, i) => line(i)).join("\n")}\n`)
  const before = statSync(path).size
  const store = new Store(folder)
  expect(statSync(path).size).toBeLessThan(before / 100)
  store.write(() => store.put("link", "link_9", link("acct_9")))
  store.close()
  expect(readFileSync(path, "utf8").split("\n")).toHaveLength(5)
  const again = new Store(folder)
  expect(content(again)).toEqual([
    ["link_0", "acct_2997"],
    ["link_1", "acct_2998"],
    ["link_2", "acct_2999"],
    ["link_9", "acct_9"],
  ])
  again.close()
})

test("nothing changes outside a transaction", () => {
  const store = new Store(null)
  expect(() => store.put("link", "a", link("acct"))).toThrow("outside a transaction")
})
