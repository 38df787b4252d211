import { index, pgSequence, pgTable } from "drizzle-orm/pg-core"
import type { Registration } from "#contracts/registration.ts"
import { certified, member } from "./certified.ts"

export const registrations = pgTable(
  "registrations",
  {
    ...certified<Registration>(),
    state: member(),
    party: member(),
    product: member(),
  },
  (table) => [index().on(table.state, table.id), index().on(table.party), index().on(table.product)],
)

/** The running part of registration numbers. Numbers taken by an approval that was lost are left out. */
export const registrationNumbers = pgSequence("registration_numbers")
