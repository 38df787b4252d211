import { spawn } from "node:child_process"
import { once } from "node:events"
import { readdir, readFile } from "node:fs/promises"
import path from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { openProductKey } from "#server/datasets/product-keys.ts"
import { testDeliveries } from "#server/delivery/delivery.test-data.ts"
import { approveErasure, requestErasure } from "#server/erasure/commands.ts"
import { carryOutErasure } from "#server/erasure/jobs.ts"
import { erasureSteps } from "#server/erasure/steps.ts"
import { loadErasure } from "#server/erasure/store.ts"
import { createLogKey } from "#server/ledger/log-key.ts"
import { Sequencer } from "#server/ledger/sequencer.ts"
import { updatePayee } from "#server/parties/commands.ts"
import { acceptTrade } from "#server/trades/commands.ts"
import { settleFreeTrade } from "#server/trades/deadlines.ts"
import { loadScene } from "#server/trades/store.ts"

/**
 * A worker that carries out an erasure is killed with SIGKILL before each of its steps: the step failed, while the one
 * before it had failed to be told of and yet was done. The next run finishes, and nothing is left anywhere.
 */
const market = await testDeliveries()
const { services, buyer, seller, owner, servingUrl } = market
const { sql, newId, config } = services
let operator: UserActor

/** Each step costs a process: all of them in the large run, the most telling ones in every run. */
const isLarge = process.env.QUANHENG_LARGE !== undefined
const stepsOf = (kind: "field" | "product") =>
  erasureSteps[kind].filter((step) => isLarge || ["keys", "files"].includes(step))

beforeAll(async () => {
  operator = await market.party("operator")
  await createLogKey(config.home)
})

async function seal(): Promise<void> {
  const sequencer = new Sequencer({ sql, home: config.home })
  await sequencer.sealOnce()
  await sequencer.stop()
}

function orFail<T>(answer: T): Exclude<T, { refused: string }> {
  if (isRefusal(answer)) throw new Error(`${answer.refused} ${answer.at ?? ""}`)
  return answer as Exclude<T, { refused: string }>
}

async function approved(input: object, by: UserActor): Promise<Id<"erasure">> {
  const asked = { commandId: newId("command"), reason: "unlawful", basis: "order", ...input }
  const { erasure } = orFail(await requestErasure(services, by, asked as never)) as { erasure: Id<"erasure"> }
  const decided = { commandId: newId("command"), erasure, version: 1 }
  expect(orFail(await approveErasure(services, operator, decided))).toMatchObject({ state: "approved" })
  return erasure
}

/** Runs the job in a process of its own up to this step, and kills it there. */
async function killedBefore(step: string, erasure: Id<"erasure">): Promise<void> {
  const key = Buffer.from(config.masterKey).toString("hex")
  const child = spawn(
    process.execPath,
    ["cli/testing/erase-child.ts", servingUrl, config.home, key, erasure, step],
    { stdio: ["ignore", "pipe", "inherit"] },
  )
  const exited = once(child, "exit")
  const [said] = await Promise.race([once(child.stdout, "data"), exited])
  expect(String(said)).toBe(`${step}\n`)
  child.kill("SIGKILL")
  expect(await exited).toEqual([null, "SIGKILL"])
}

/** Tables that hold the word in any column, as text. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await owner.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await owner.sql.unsafe(
      `select 1 from ${name} t where strpos(row_to_json(t)::text, $1) > 0 limit 1`,
      [word],
    )
    if (rows.length > 0) found.push(name)
  }
  return found
}

async function filesOf(home: string): Promise<string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  return entries.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name))
}

async function filesWith(word: string): Promise<string[]> {
  const found: string[] = []
  for (const file of await filesOf(config.home)) if ((await readFile(file)).includes(word)) found.push(file)
  return found
}

async function finishes(erasure: Id<"erasure">): Promise<void> {
  expect((await loadErasure(sql, erasure))?.state).toBe("approved")
  await carryOutErasure(services, erasure)
  expect((await loadErasure(sql, erasure))?.state).toBe("done")
  expect((await owner.sql`select 1 from doomed_keys where erasure = ${erasure}`).length).toBe(0)
}

describe("the job is killed before the step", () => {
  test.each(stepsOf("product"))("%s of a product", async (step) => {
    const word = `Zq${newId("command").slice(-16)}`
    const earlier = new Set(await filesOf(config.home))
    const { trade, grant } = await market.granted()
    orFail(await acceptTrade(services, buyer, { commandId: newId("command"), trade }))
    await settleFreeTrade(services, trade)
    const { product, datasetVersion } = (await loadScene(sql, trade))?.trade ?? {
      product: "pro_",
      datasetVersion: "ver_",
    }
    await sql`insert into version_samples (registration, version, checkpoint, seed, numbers, columns, rows)
      values (${newId("registration")}, ${datasetVersion}, 'c', 's', '[]', '["mm"]', ${JSON.stringify([[word]])}::jsonb)`
    expect(await tablesWith(word)).toEqual(["public.version_samples"])
    const stored = (await filesOf(path.join(config.home, "files"))).filter((file) => !earlier.has(file))
    expect(stored.length).toBe(1)

    const erasure = await approved({ kind: "product", subject: product }, seller)
    await killedBefore(step, erasure)
    await finishes(erasure)
    expect(await openProductKey(sql, config.masterKey, product as Id<"product">)).toBeNull()
    expect((await filesOf(config.home)).filter((file) => stored.includes(file))).toEqual([])
    expect(await tablesWith(word)).toEqual([])
    for (const file of stored) expect(await tablesWith(path.basename(file))).toEqual([])
    expect((await loadScene(sql, trade))?.grant).toMatchObject({ id: grant.id, state: "revoked" })
  })

  test.each(stepsOf("field"))("%s of a party's field", async (step) => {
    const word = `Zq${newId("command").slice(-16)}`
    const party = await market.party("seller")
    orFail(await updatePayee(services, party, { commandId: newId("command"), bankAccount: word }))
    await seal()
    expect(await tablesWith(word)).toEqual(["public.parties"])
    const erasure = await approved({ kind: "field", subject: null, field: "bankAccount" }, party)
    await killedBefore(step, erasure)
    await finishes(erasure)
    expect(await tablesWith(word)).toEqual([])
    expect(await filesWith(word)).toEqual([])
  })
})
