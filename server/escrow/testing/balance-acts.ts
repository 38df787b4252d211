import type { UserActor } from "#contracts/actor.ts"
import { withdrawable } from "#contracts/balance.ts"
import type { Debt } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import type { Withdrawal } from "#contracts/withdrawal.ts"
import { loadBalancesOf, loadOwedSum } from "../../balances/store.ts"
import { payDebtFromBalance, takeDebtFromBalance } from "../../debts/commands.ts"
import { confirmTopUpReceipt, topUp } from "../../top-ups/commands.ts"
import {
  approveAsOperator,
  askForWithdrawal,
  confirmWithdrawal,
  noteReturnedWithdrawal,
  refuseAsOperator,
  takeBackWithdrawal,
} from "../../withdrawals/commands.ts"
import { pay } from "./acts.ts"
import type { Chance } from "./chance.ts"
import { drawSome } from "./claim-acts.ts"
import type { Lane } from "./lane.ts"
import type { Told } from "./told.ts"
import { payInByCard } from "./top-up-acts.ts"

/** Acts of prepaid balances: money paid in by bank, what is paid out of it, and what is taken out again. */

/** The buyer pays in what the trade costs, mostly, by bank or by card, and pays it from the balance. */
export async function prepay(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const byCard = chance.percent(40)
  if (chance.percent(85)) await (byCard ? payInByCard(lane, told.price) : payIn(lane, told.price))
  await pay(lane, told, "balance")
}

async function payIn(lane: Lane, amount: Money): Promise<void> {
  let id: Id<"topUp"> | null = null
  await lane.give(
    (services, commandId) => topUp(services, lane.buyer, { commandId, amount, rail: "bank" }),
    (made: { topUp: Id<"topUp"> }) => {
      id = made.topUp
    },
  )
  if (id === null) return
  const receipt = { topUp: id as Id<"topUp">, amount, bankNumber: `BT-${(id as string).slice(-8)}` }
  await lane.give(
    (services, commandId) => confirmTopUpReceipt(services, lane.operator, { commandId, ...receipt }),
    () => lane.atBank(lane.buyer.party, amount, 1n),
  )
}

type Pocket = { by: UserActor; most: Money }

/** What the lane's two parties may take out now, in each currency. */
async function pockets({ market, buyer, seller }: Lane): Promise<Pocket[]> {
  const { sql } = market.services
  const found = await Promise.all(
    [buyer, seller].map(async (by) =>
      Promise.all(
        (await loadBalancesOf(sql, by.party))
          .filter(({ available }) => available.minor !== "0")
          .map(async (balance) => {
            const owed = await loadOwedSum(sql, by.party, balance.currency)
            return { by, most: withdrawable(balance, owed) }
          }),
      ),
    ),
  )
  return found.flat().filter(({ most }) => most.minor !== "0")
}

async function withdrawals({ market, buyer, seller }: Lane, ...states: string[]): Promise<Withdrawal[]> {
  const rows = await market.services.sql<{ row: Withdrawal }[]>`
    select row from withdrawals where party = any(${[buyer.party, seller.party]}::text[])
      and state = any(${states}::text[]) order by id`
  return rows.map(({ row }) => row)
}

/** One of the parties takes money out, or somebody does what comes next of that; often one right after the other. */
export async function takeOut(lane: Lane, _told: unknown, chance: Chance): Promise<void> {
  for (let acts = 1 + chance.below(4); acts > 0; acts--) await takeOutStep(lane, chance)
}

async function takeOutStep(lane: Lane, chance: Chance): Promise<void> {
  const open = await withdrawals(lane, "asked", "approved")
  if (open.length > 0 && chance.percent(70)) return moveOn(lane, chance.one(open), chance)
  if (lane.takenOut.length > 0 && chance.percent(40)) return comeBack(lane, chance)
  const all = await pockets(lane)
  if (all.length === 0) return
  const { by, most } = chance.one(all)
  await ask(lane, by, drawSome(chance, most))
}

const ask = (lane: Lane, by: UserActor, amount: Money): Promise<void> =>
  lane.give((services, commandId) => askForWithdrawal(services, by, { commandId, amount }))

async function moveOn(lane: Lane, one: Withdrawal, chance: Chance): Promise<void> {
  const owner = one.party === lane.buyer.party ? lane.buyer : lane.seller
  const said = { withdrawal: one.id, note: "not needed" }
  if (one.state === "asked" && chance.percent(25))
    return lane.give((services, commandId) => takeBackWithdrawal(services, owner, { commandId, ...said }))
  if (one.state === "asked") return approve(lane, one)
  if (chance.percent(15))
    return lane.give((services, commandId) =>
      refuseAsOperator(services, lane.operator, { commandId, ...said, notPaid: true }),
    )
  const by = chance.percent(20) ? lane.operator : lane.secondOperator
  await payOne(lane, one, by)
}

const approve = (lane: Lane, { id }: Withdrawal): Promise<void> =>
  lane.give((services, commandId) =>
    approveAsOperator(services, lane.operator, { commandId, withdrawal: id }),
  )

const payOne = (lane: Lane, { id, party, amount, approvedBy }: Withdrawal, by: UserActor): Promise<void> =>
  lane.give(
    (services, commandId) =>
      confirmWithdrawal(services, by, { commandId, withdrawal: id, bankNumber: `BW-${id.slice(-8)}` }),
    () => {
      lane.atBank(party, amount, -1n)
      lane.takenOut.push(id)
      if (approvedBy?.user === by.user) lane.surprises.push(`one person alone approved and paid ${id}`)
    },
  )

/** The bank sends one back that was paid. */
async function comeBack(lane: Lane, chance: Chance): Promise<void> {
  const paid = (await withdrawals(lane, "paid")).filter(({ id }) => lane.takenOut.includes(id))
  if (paid.length === 0) return
  const { id, party, amount } = chance.one(paid)
  await lane.give(
    (services, commandId) =>
      noteReturnedWithdrawal(services, lane.operator, { commandId, withdrawal: id, note: "no account" }),
    () => lane.atBank(party, amount, 1n),
  )
}

/** What a seller owes is paid out of their balance: by themselves, or by two people of the operator's. */
export async function payDebtHere(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const owed = (await lane.look(told)).debts.filter(({ state }) => state === "owed")
  if (owed.length === 0) return
  await payFromBalance(lane, lane.seller, chance.one(owed), chance)
}

export async function payFromBalance(
  lane: Lane,
  debtor: UserActor,
  debt: Debt,
  chance: Chance,
): Promise<void> {
  const { id, version } = debt
  if (chance.percent(50))
    return lane.give((services, commandId) =>
      payDebtFromBalance(services, debtor, { commandId, debt: id, version }),
    )
  await takeDebt(lane, debt, chance.percent(20) ? lane.operator : lane.secondOperator)
}

const takeDebt = (lane: Lane, { id, version, take }: Debt, by: UserActor): Promise<void> =>
  lane.give(
    (services, commandId) =>
      takeDebtFromBalance(services, by, { commandId, debt: id, version, note: "as is owed" }),
    () => {
      if (take?.user === by.user) lane.surprises.push(`one person alone has taken ${id} out of a balance`)
    },
  )

/** All that may leave the balances does: at the end there is nothing in them. */
export async function emptyPockets(lane: Lane): Promise<void> {
  if ((await withdrawals(lane, "asked", "approved")).length > 0) await payAll(lane)
  const full = await pockets(lane)
  for (const { by, most } of full) await ask(lane, by, most)
  if (full.length > 0) await payAll(lane)
}

async function payAll(lane: Lane): Promise<void> {
  for (const one of await withdrawals(lane, "asked")) await approve(lane, one)
  for (const one of await withdrawals(lane, "approved")) await payOne(lane, one, lane.secondOperator)
}

export const hasPockets = async (lane: Lane): Promise<boolean> =>
  (await pockets(lane)).length > 0 || (await withdrawals(lane, "asked", "approved")).length > 0
