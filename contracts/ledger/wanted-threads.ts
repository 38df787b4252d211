import type { Leaf, Thread } from "./encoding.ts"
import type { KeyTable } from "./key-table.ts"

const tradePrefix = "trd_"
/** What belongs to a trade names its thread in each of its records. */
const ofTrade = ["payment", "grant", "refund", "debt", "chargeback"]

/** A key, how many records its thread has among those that the sealed index covers, and the last of them. */
export type CountedThread = { readonly key: string; readonly n: number; readonly index: number }

/**
 * The threads that a filtered bundle must hold whole: those asked for, and the thread of every trade that one of
 * their records names (the first record of a trade names its parties' threads and its listing's).
 */
export class WantedThreads {
  private readonly roots: ReadonlySet<string>
  private readonly wanted: Set<string>
  private readonly keys: KeyTable
  private counted: CountedThread[] = []

  constructor(roots: readonly string[], keys: KeyTable) {
    this.roots = new Set(roots)
    this.wanted = new Set(roots)
    this.keys = keys
  }

  get count(): number {
    return this.wanted.size
  }

  /** The record's places in wanted threads; what it names becomes wanted. Records come in their order. */
  threadsOf({ threads }: Leaf): Thread[] {
    if (threads.some(([key]) => this.roots.has(key)))
      for (const [key] of threads) if (key.startsWith(tradePrefix)) this.wanted.add(key)
    return threads.filter(([key]) => this.wanted.has(key))
  }

  /** Whether all records of what this one is about must be here, so that its meaning can be replayed. */
  hasWholeSubject({ type, threads }: Leaf): boolean {
    const [noun] = type.split(".") as [string]
    const wanted = threads.some(([key]) => this.wanted.has(key) && !key.includes(":"))
    return wanted && (noun === "trade" || noun === "listing" || ofTrade.includes(noun))
  }

  /** To be called after the last record that the sealed index covers: keeps what it has to say of each thread. */
  noteCounted(): void {
    this.counted = [...this.wanted].map((key) => {
      const id = this.keys.idOfText(key)
      return { key, n: this.keys.n[id] as number, index: this.keys.index[id] as number }
    })
  }

  /** Of every wanted thread, those that begin after the index too: of them it says nothing. */
  *all(): Generator<CountedThread> {
    const before = new Map(this.counted.map((thread) => [thread.key, thread]))
    for (const key of this.wanted) yield before.get(key) ?? { key, n: 0, index: 0 }
  }
}
