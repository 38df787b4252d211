import type { Sql } from "postgres"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import type { Leaf } from "#contracts/ledger/encoding.ts"
import { bookColumns, bundleFiles } from "#contracts/ledger/export.ts"
import { bookRows, TrialBalance } from "#contracts/ledger/verify-book.ts"
import { type Time, toTime } from "#contracts/time.ts"
import type { BundleFile, BundleFolder } from "./bundle-folder.ts"
import * as store from "./store.ts"

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
  async addCertified(leaves: readonly Leaf[]): Promise<void> {
    const wanted = leaves.flatMap(({ index, body }) =>
      typeof body.journalHash === "string" && typeof body.trade === "string"
        ? [{ index, hash: body.journalHash, trade: body.trade }]
        : [],
    )
    if (wanted.length === 0) return
    const trades = [...new Set(wanted.map(({ trade }) => trade))]
    const journals = await store.readJournalsOfTrades(this.#sql, trades)
    const byHash = new Map(journals.map((journal) => [journalHash(journal), journal]))
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
      for await (const journals of store.readJournalPages(sql, after ?? toTime(0), until)) {
        const trades = [...new Set(journals.flatMap(({ trade }) => trade ?? []))]
        const certified = await store.readCertifiedHashes(sql, trades)
        for (const journal of journals)
          if (!certified.has(journalHash(journal))) await this.#write(journal, null)
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
