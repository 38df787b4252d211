/** The table of each certified noun; only server/commit writes them. */
export const nounTables = {
  party: "parties",
  registration: "registrations",
  listing: "listings",
  request: "requests",
  round: "rounds",
  trade: "trades",
  payment: "payments",
  grant: "grants",
  freeze: "freezes",
  export: "exports",
  opening: "openings",
  index: "thread_indexes",
  key: "log_keys",
  erasure: "erasures",
  hold: "holds",
} as const
