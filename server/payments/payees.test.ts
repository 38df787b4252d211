import { expect, test } from "vitest"
import { testMarket } from "../test-market.ts"
import { onboardPayee, payeeState } from "./payees.ts"

const market = await testMarket()
const { services } = market

test("a party makes one account at the provider, however often it asks, and is active when it has answered", async () => {
  const buyer = await market.party("buyer")
  expect(await payeeState(services, buyer)).toEqual({ state: "none" })
  const first = await onboardPayee(services, buyer, "zh")
  const again = await onboardPayee(services, buyer, "en")
  if ("refused" in first || "refused" in again) throw new Error("refused")
  expect(again.url).not.toBe(first.url)
  expect(await payeeState(services, buyer)).toEqual({ state: "due" })
  const accounts = await services.sql<{ payee: string }[]>`
    select row->>'payee' as payee from parties where id = ${buyer.party}`
  expect(accounts).toEqual([{ payee: expect.stringMatching(/^acct_/) }])
  const answer = await fetch(again.url, {
    method: "POST",
    body: new URLSearchParams({ action: "complete" }),
    redirect: "manual",
  })
  expect(answer.headers.get("location")).toBe("http://127.0.0.1:3000/en/account/party")
  expect(await payeeState(services, buyer)).toEqual({ state: "active" })
})

test("only an administrator of the party, signed in and for a party, may ask", async () => {
  const seller = await market.party("seller")
  expect(await onboardPayee(services, { ...seller, memberRole: "approver" }, "en")).toMatchObject({
    refused: "member_role_not_allowed",
  })
  expect(await onboardPayee(services, { kind: "anonymous" }, "en")).toMatchObject({
    refused: "not_signed_in",
  })
  expect(await payeeState(services, { kind: "person", user: seller.user })).toMatchObject({
    refused: "no_party",
  })
})
