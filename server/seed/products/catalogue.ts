import { climate } from "./climate.ts"
import { economy } from "./economy.ts"
import { geography } from "./geography.ts"
import type { DemoProduct } from "./product.ts"
import { transport } from "./transport.ts"

/** Everything that the demo market's sellers offer, in the order in which it is put up. */
export const demoProducts: readonly DemoProduct[] = [...geography, ...climate, ...transport, ...economy]
