import { expect, test } from "@playwright/test"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { decodeEntries, tilePath, tilesOfSize } from "#contracts/ledger/tiles.ts"
import { origin } from "./accounts.ts"

type Json = null | boolean | number | string | Json[] | { [member: string]: Json }
type Leaf = { type: string; threads: [string, number, number | null][]; body: Record<string, Json> }

/** Values that name something: no state, no code, no small number. */
function* valuesOf(json: Json): Generator<string> {
  if (typeof json === "string" && !/^[a-zA-Z]{0,24}$/.test(json)) yield json
  else if (typeof json === "number" && json >= 100) yield String(json)
  else if (typeof json === "object" && json !== null)
    for (const inner of Object.values(json)) yield* valuesOf(inner)
}

/** What anybody can do with the public log: look for a value of a trade that stands with a listing too. */
test("no record of a trade shares a value with a listing or its registration", async ({ request }) => {
  const get = async (path: string): Promise<Buffer> => {
    const answer = await request.get(`${origin()}/ledger/${path}`)
    expect(answer.status(), path).toBe(200)
    return answer.body()
  }
  const head = readCheckpoint((await get("checkpoint")).toString("utf8"))
  if (isMalformed(head)) throw new Error(head.malformed)
  const leaves: Leaf[] = []
  for (const tile of tilesOfSize(head.unverifiedCheckpoint.size)) {
    if (tile.level !== "entries") continue
    const entries = decodeEntries(await get(tilePath(tile)), tile.width)
    if (isMalformed(entries)) throw new Error(entries.malformed)
    leaves.push(...entries.map((bytes) => JSON.parse(Buffer.from(bytes).toString("utf8")) as Leaf))
  }
  const keysOf = ({ threads }: Leaf) => threads.map(([key]) => key)
  const isOfTrade = (leaf: Leaf) => keysOf(leaf).some((key) => key.startsWith("trd_"))
  const isPublic = (leaf: Leaf) =>
    /^(registration|listing)\./.test(leaf.type) || keysOf(leaf).some((key) => /^(lst|reg)_/.test(key))
  const told = new Set(
    leaves
      .filter(isPublic)
      .flatMap(({ threads, body }) => [...valuesOf([keysOf({ threads } as Leaf), body])]),
  )
  const trades = leaves.filter(isOfTrade)
  expect(told.size).toBeGreaterThan(20)
  expect(trades.length).toBeGreaterThan(20)
  const shared = trades.flatMap(({ type, threads, body }) =>
    [...valuesOf([keysOf({ threads } as Leaf), body])]
      .filter((one) => told.has(one))
      .map((one) => `${type}: ${one}`),
  )
  expect(shared).toEqual([])
})
