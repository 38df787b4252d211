import type { Door } from "./door.ts"
import { healthDoors } from "./health-doors.ts"
import { paymentDoors } from "./payment-doors.ts"
import { trpcDoors } from "./trpc-door.ts"

/** Every way in that is not a page. */
export const doors: readonly Door[] = [...healthDoors, ...trpcDoors, ...paymentDoors]
