/** What a filtered bundle holds all records of. */
export const filterKinds = ["trade", "listing", "party"] as const
export type FilterKind = (typeof filterKinds)[number]
