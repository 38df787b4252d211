import { randomBytes } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { type Id, makeId } from "#contracts/ids.ts"
import { answerOf, type Visitor } from "../../server/seed/visitor.ts"
import type { ShownListing } from "./ids.ts"

/**
 * What a freshly seeded market does not have and the pictures show: money that a bank took back, that came later,
 * that a seller gave back; a freeze, a hold and an erasure. Done by the demo accounts over the market's own doors,
 * the bank's part over the control door of the stand-in for Stripe.
 */
export type Scenes = {
  chargeback: Id<"chargeback">
  wonTrade: Id<"trade">
  lostTrade: Id<"trade">
  delayedTrade: Id<"trade">
  partlyRepaidTrade: Id<"trade">
  bankFile: string
  bankLine: string
  freeze: string
  erasure: string
  /** The regulator's, of the whole log; and the buyer's own, of one trade. */
  export: string
  ownExport: string
}

/** The bank's file of a day: a transfer that fits, one of another amount, and a fee. */
function bankStatement([right, wrong]: readonly string[], { minor }: { minor: string }): string {
  const day = new Date().toISOString().slice(0, 10)
  const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`
  const fen = BigInt(minor)
  return [
    "交易日期,收入,支出,摘要,流水号",
    `${day},${yuan(fen)},,数据产品货款 ${right},${number()}`,
    `${day},${yuan(fen - 100n)},,货款 ${wrong},${number()}`,
    `${day},,5.00,对公转账手续费,${number()}`,
    "",
  ].join("\r\n")
}

const number = () => `BR-${randomBytes(4).toString("hex")}`

/** `deeds` reads the market's address from its environment when it is loaded. */
export async function makeScenes(offer: ShownListing): Promise<Scenes> {
  const deeds = await import("../../e2e/deeds.ts")
  const { accountOf } = await import("../../e2e/accounts.ts")
  const enter = (role: "seller" | "buyer" | "operator" | "regulator") => deeds.enter(accountOf(role))
  const [buyer, operator, regulator] = await Promise.all([
    enter("buyer"),
    enter("operator"),
    enter("regulator"),
  ])
  const sellers = await Promise.all([0, 1, 2, 3].map((n) => deeds.enter(accountOf("seller", n))))
  const sold = { listing: offer.listing.id, plan: offer.plan }

  const disputed = async () => {
    const bought = await deeds.buyByCard(buyer, sold)
    await bought.provider(`sessions/${bought.session}/pay`, {})
    await deeds.untilTrade(buyer, bought.trade, "delivered")
    const { payment } = await operator.ask.payments.page.query({ payment: bought.payment })
    const { id } = (await bought.provider(`charges/${payment.charge}/dispute`, {
      reason: "product_not_received",
    })) as { id: string }
    return { ...bought, dispute: id, chargeback: await deeds.untilChargeback(operator, bought.trade) }
  }
  const answered = async (outcome: "win" | "lose") => {
    const one = await disputed()
    const commandId = deeds.makeCommand()
    await operator.ask.chargebacks.answer.mutate({ commandId, chargeback: one.chargeback })
    await one.provider(`disputes/${one.dispute}/${outcome}`, {})
    return one.trade
  }
  const [wonTrade, lostTrade] = [await answered("win"), await answered("lose")]
  const { chargeback } = await disputed()

  const later = await deeds.buyByCard(buyer, sold)
  await later.provider(`sessions/${later.session}/pay`, { alipay: "succeeds_later" })

  const held = await deeds.buyByBank(buyer, sold)
  const { payment } = await operator.ask.payments.page.query({ payment: held.payment })
  const amount = payment.amount
  await operator.ask.trades.confirmReceipt.mutate({
    commandId: deeds.makeCommand(),
    payment: held.payment,
    amount,
    bankNumber: number(),
  })
  await deeds.untilTrade(buyer, held.trade, "delivered")
  const seller = sellers.find((_, n) => accountOf("seller", n).partyId === offer.seller.id)
  if (!seller) throw new Error("the seller of what is shown is none of the demo accounts")
  await seller.ask.trades.giveBack.mutate({
    commandId: deeds.makeCommand(),
    trade: held.trade,
    amount: { ...amount, minor: String(BigInt(amount.minor) / 4n) },
    reason: "agreed",
    note: "A part of the last year is missing.",
  })

  const awaited = [await deeds.buyByBank(buyer, sold), await deeds.buyByBank(buyer, sold)]
  const imported = await operator.fetch("/api/bank-files?currency=CNY", {
    method: "POST",
    body: bankStatement(
      awaited.map(({ reference }) => reference),
      amount,
    ),
  })
  const { file: bankFile } = (await imported.json()) as { file: Id<"bankFile"> }
  const { lines } = await answerOf(operator.ask.bankFiles.page.query({ file: bankFile, show: "open" }))
  const bankLine = lines.find(({ found }) => found?.kind !== "exact")?.id ?? ""

  const { freeze } = (await regulator.ask.supervision.freeze.mutate({
    commandId: deeds.makeCommand(),
    scope: "trade",
    target: held.trade,
    reason: "courtOrder",
    document: "（2026）协执 18 号",
    note: "",
    expires: new Date(Date.now() + 14 * 86_400_000).toISOString(),
  })) as { freeze: string }
  const holds = await answerOf(regulator.ask.erasure.holds.query())
  if (holds.length === 0)
    await regulator.ask.erasure.placeHold.mutate({
      commandId: deeds.makeCommand(),
      target: accountOf("seller", 2).partyId,
      reason: "investigation",
      document: "保全〔2026〕7 号",
      note: "",
    })
  const gone = await deeds.listProduct(await enter("seller"), operator, {
    title: "2012–2015",
    amount: "0",
  })
  const { erasure } = (await (
    await enter("seller")
  ).ask.erasure.request.mutate({
    commandId: deeds.makeCommand(),
    kind: "product",
    subject: gone.product,
    reason: "noLongerNeeded",
    basis: "pipl-47",
  })) as { erasure: string }

  const exported = async (
    of: Visitor,
    subject: { kind: "trade"; id: Id<"trade"> } | null,
    reason: string,
  ) => {
    const id = makeId("export", Date.now(), randomBytes(10))
    const order = { id, from: null, to: null, subject, reason }
    await answerOf(of.ask.ledger.requestExport.mutate(order))
    const run = () => answerOf(of.ask.ledger.export.query({ id, desk: of === regulator }))
    while ((await run()).state !== "done") await delay(200)
    return id
  }
  const ownExport = await exported(buyer, { kind: "trade", id: wonTrade }, "For our own books.")
  const whole = await exported(regulator, null, "例行检查")

  const partlyRepaidTrade = held.trade
  return {
    chargeback,
    wonTrade,
    lostTrade,
    delayedTrade: later.trade,
    partlyRepaidTrade,
    bankFile,
    bankLine,
    freeze,
    erasure,
    export: whole,
    ownExport,
  }
}
