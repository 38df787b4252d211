import { access } from "./access.ts"
import { ledger } from "./ledger.ts"
import { parties } from "./parties.ts"
import { trades } from "./trades.ts"
import { router } from "./trpc.ts"

/** Everything that the web, the demo and the seeding ask of the market over tRPC; a line for each noun. */
export const appRouter = router({ access, ledger, parties, trades })

export type AppRouter = typeof appRouter
