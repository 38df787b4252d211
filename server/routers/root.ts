import { access } from "./access.ts"
import { balances } from "./balances.ts"
import { bankFiles } from "./bank-files.ts"
import { chargebacks } from "./chargebacks.ts"
import { corrections } from "./corrections.ts"
import { delivery } from "./delivery.ts"
import { erasure } from "./erasure.ts"
import { finance } from "./finance.ts"
import { ledger } from "./ledger.ts"
import { listings } from "./listings.ts"
import { operations } from "./operations.ts"
import { parties } from "./parties.ts"
import { payments } from "./payments.ts"
import { payouts } from "./payouts.ts"
import { products } from "./products.ts"
import { registrations } from "./registrations.ts"
import { requests } from "./requests.ts"
import { supervision } from "./supervision.ts"
import { trades } from "./trades.ts"
import { router } from "./trpc.ts"

/** Everything that the web, the demo and the seeding ask of the market over tRPC; a line for each noun. */
export const appRouter = router({
  access,
  bankFiles,
  balances,
  chargebacks,
  delivery,
  erasure,
  finance,
  ledger,
  listings,
  operations,
  parties,
  payments,
  payouts,
  corrections,
  products,
  registrations,
  requests,
  supervision,
  trades,
})

export type AppRouter = typeof appRouter
