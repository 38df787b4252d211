import { setTimeout as delay } from "node:timers/promises"
import { TRPCClientError } from "@trpc/client"
import type { Id } from "#contracts/ids.ts"
import { listingOf } from "#contracts/product.ts"
import type { DemoMember } from "../accounts.ts"
import type { SeedSecret } from "../secret.ts"
import { answerOf, type Visitor } from "../visitor.ts"
import { bytesOf } from "./file.ts"
import type { DemoProduct } from "./product.ts"
import { draftOf } from "./terms.ts"

type Putting = { secret: SeedSecret; seller: DemoMember; operator: DemoMember }

/** The rows of a registration are drawn with a later checkpoint; the measuring itself takes a second or two. */
const pollMs = 150
const patienceMs = 120_000

/**
 * Puts a demo product up for sale as its seller would in the studio, and lets the operator approve it. What an
 * earlier run has done already stays as it is. Gives the listing, or null where the product is not published.
 */
export async function putUp(putting: Putting, product: DemoProduct): Promise<Id<"listing"> | null> {
  const { secret, seller, operator } = putting
  const { ask } = seller.visitor
  const command = (what: string) => secret.command(`${what} ${product.file}`)
  const id = await upload(seller.visitor, secret.upload(product.file), product)
  const page = () => answerOf(ask.products.page.query({ product: id }))
  const { version } = (await page()).product
  if (version === 1)
    await ask.products.save.mutate({
      commandId: command("save"),
      product: id,
      version,
      changes: draftOf(product),
    })
  const submission = ask.registrations.submit.mutate({ commandId: command("register"), product: id })
  if (product.outcome === "refused") return expectRefusal(submission, product)
  const { registration } = (await submission) as { registration: Id<"registration"> }
  if (product.outcome === "submitted") return null
  await operator.visitor.ask.registrations.approve.mutate({ commandId: command("approve"), registration })
  await until(async () => (await page()).preview !== null)
  await ask.listings.publish.mutate({ commandId: command("publish"), product: id })
  return listingOf(id)
}

/** Uploads the file through its door and waits until it is measured. */
async function upload(
  { ask, fetch }: Visitor,
  id: Id<"upload">,
  product: DemoProduct,
): Promise<Id<"product">> {
  const { name, bytes } = await bytesOf(product)
  const opened = await answerOf(ask.products.open.mutate({ id, fileName: name, bytes: bytes.length }))
  const { state } = await answerOf(ask.products.upload.query({ upload: id }))
  if (state === "open") {
    const answer = await fetch(`/api/uploads/${id}`, { method: "PUT", body: new Uint8Array(bytes) })
    if (!answer.ok) throw new Error(`${name} could not be uploaded: ${await answer.text()}`)
  }
  await until(async () => {
    const { version } = await answerOf(ask.products.page.query({ product: opened.product }))
    if (version?.state === "refused") throw new Error(`${name} was refused: ${version.refusal?.refused}`)
    return version?.state === "measured"
  })
  return opened.product
}

async function expectRefusal(submission: Promise<unknown>, { file }: DemoProduct): Promise<null> {
  const refusal = await submission.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(refusal instanceof TRPCClientError) || refusal.data?.httpStatus !== 422)
    throw new Error(`the rights gate should have refused ${file}`, { cause: refusal })
  return null
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; !(await done()); waitedMs += pollMs) {
    if (waitedMs > patienceMs) throw new Error("the market's worker does not answer")
    await delay(pollMs)
  }
}
