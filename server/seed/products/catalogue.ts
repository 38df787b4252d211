import { climate } from "./climate.ts"
import { economy } from "./economy.ts"
import { geography } from "./geography.ts"
import type { DemoProduct } from "./product.ts"
import { transport } from "./transport.ts"

/** By turns, so that the newest listings, which the home page shows, are not all of one seller. */
function byTurns(sellers: readonly (readonly DemoProduct[])[]): DemoProduct[] {
  const longest = Math.max(...sellers.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) => sellers.flatMap((own) => own[turn] ?? [])).flat()
}

const refusedOrWaiting = economy.filter(({ outcome }) => outcome !== "published")
const forSale = [economy, transport, climate, geography].map((own) =>
  own.filter(({ outcome }) => outcome === "published").toReversed(),
)

/** Everything that the demo market's sellers offer, in the order in which it is put up: the best known comes last. */
export const demoProducts: readonly DemoProduct[] = [...refusedOrWaiting, ...byTurns(forSale)]
