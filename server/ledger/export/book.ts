import type { Sql } from "postgres"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import { bookColumns, bundleFiles } from "#contracts/ledger/export.ts"
import { bookRows, TrialBalance } from "#contracts/ledger/verify-book.ts"
import { type Time, toTime } from "#contracts/time.ts"
import type { BundleFile, BundleFolder } from "./bundle-folder.ts"
import * as store from "./store.ts"

/** A record that names more of the bundle: a journal or an agreement. */
export type NamingRecord = {
  readonly index: number
  readonly type: string
  /** Of its threads. */
  readonly keys: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
}

/** book.csv and trial-balance.csv: first the journals that records certify, in their order, then the others. */
export class BookWriter {
  readonly #sql: Sql
  readonly #bundle: BundleFolder
  readonly #file: BundleFile
  readonly #balance = new TrialBalance()

  private constructor(sql: Sql, bundle: BundleFolder, file: BundleFile) {
    this.#sql = sql
    this.#bundle = bundle
    this.#file = file
  }

  static async begin(sql: Sql, bundle: BundleFolder): Promise<BookWriter> {
    const file = await bundle.begin(bundleFiles.book)
    await file.write(`${bookColumns.join()}\n`)
    return new BookWriter(sql, bundle, file)
  }

  /** The journals that these records certify. One that is not in the book is left out, and the verifier tells. */
  async addCertified(records: readonly NamingRecord[]): Promise<void> {
    const wanted = records.flatMap(({ index, type, keys, body }) =>
      typeof body.journalHash === "string"
        ? [{ index, type, keys, hash: body.journalHash, trade: body.trade, version: body.version }]
        : [],
    )
    if (wanted.length === 0) return
    const byHash = new Map<string, Journal>()
    const note = (journals: readonly Journal[]): void => {
      for (const journal of journals) byHash.set(journalHash(journal), journal)
    }
    // A journal has the name of its fact, and its source is one of the fact's things; if not, it is its trade's. What is
    // of no trade has it at a version where it may come again: a debt is paid in parts.
    const sources = wanted.flatMap(({ type, keys, trade, version }) => {
      const name = type.slice(0, type.lastIndexOf("@"))
      const ids = typeof trade === "string" ? keys : keys.flatMap((id) => [id, `${id}:${version}`])
      return ids.map((id) => ({ type: name, id }))
    })
    note(await store.readJournalsOf(this.#sql, sources))
    const others = wanted.flatMap(({ hash, trade }) =>
      typeof trade === "string" && !byHash.has(hash) ? [trade] : [],
    )
    if (others.length > 0) note(await store.readJournalsOfTrades(this.#sql, [...new Set(others)]))
    for (const { index, hash } of wanted) {
      const journal = byHash.get(hash)
      if (journal !== undefined) await this.#write(journal, index)
    }
  }

  /**
   * The journals that no record certifies (a processor's fee, a payout of the platform), decided after `after`
   * and not after `until`. In one snapshot a journal's fact is sealed or waiting, so none is taken for uncertified
   * while its fact is on its way.
   */
  async addUncertified(after: Time | null, until: Time): Promise<void> {
    await this.#sql.begin("isolation level repeatable read read only", async (sql) => {
      const pending = await store.readHashesOfPending(sql)
      for await (const names of store.readUncertifiedPages(sql, after ?? toTime(0), until)) {
        const open = new Set(names.flatMap(({ hash }) => (pending.has(hash) ? [] : [hash])))
        const journals = open.size === 0 ? [] : await store.readJournalsOf(sql, names)
        const hashed = journals.map((journal) => ({ journal, hash: journalHash(journal) }))
        for (const { journal, hash } of hashed) if (open.delete(hash)) await this.#write(journal, null)
        if (open.size > 0) throw new Error("the database hashes a journal in another way than its contract")
      }
    })
  }

  async end(): Promise<void> {
    await this.#file.end()
    await this.#bundle.write(bundleFiles.trialBalance, this.#balance.table())
  }

  abandon(): Promise<void> {
    return this.#file.abandon()
  }

  async #write(journal: Journal, record: number | null): Promise<void> {
    this.#balance.add(journal)
    await this.#file.write(`${bookRows(journal, record).join("\n")}\n`)
  }
}
