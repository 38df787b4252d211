import { accessDoors } from "./access-doors.ts"
import { bankFileDoors } from "./bank-file-doors.ts"
import { deliveryDoors } from "./delivery-doors.ts"
import type { Door } from "./door.ts"
import { financeDoors } from "./finance-doors.ts"
import { healthDoors } from "./health-doors.ts"
import { ledgerDoors } from "./ledger-doors.ts"
import { listingDoors } from "./listing-doors.ts"
import { paymentDoors } from "./payment-doors.ts"
import { trpcDoors } from "./trpc-door.ts"
import { uploadDoors } from "./upload-doors.ts"

/** Every way in that is not a page. */
export const doors: readonly Door[] = [
  ...healthDoors,
  ...accessDoors,
  ...trpcDoors,
  ...paymentDoors,
  ...financeDoors,
  ...bankFileDoors,
  ...deliveryDoors,
  ...uploadDoors,
  ...ledgerDoors,
  ...listingDoors,
]
