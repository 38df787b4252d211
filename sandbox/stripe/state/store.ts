import { type Journal, openJournal, replaceJournal } from "./journal.ts"
import { type Rows, type TableName, tableNames } from "./rows.ts"

/** Rows of one kind in order of birth. A null row is a deleted one. */
type Table<T> = { ids: string[]; rows: Map<string, { position: number; row: T | null }> }

type Written = { [N in TableName]: [table: N, id: string, row: Rows[N] | null] }[TableName]

/**
 * All state in memory, each commit in the journal before it is answered. `write` is all or nothing: what its
 * action put is undone when the action throws or the journal cannot be written. Actions are synchronous, so
 * transactions never overlap.
 */
export class Store {
  readonly #tables: { [N in TableName]: Table<Rows[N]> }
  readonly #journal: Journal | null
  readonly #listeners: ((written: readonly Written[]) => void)[] = []
  #undo: (() => void)[] | null = null
  #written: Written[] = []

  /** @param folder where the journal lives; null keeps the state in memory only. */
  constructor(folder: string | null) {
    this.#tables = emptyTables()
    if (folder === null) {
      this.#journal = null
      return
    }
    const opened = openJournal(folder)
    for (const line of opened.lines)
      for (const [table, id, row] of JSON.parse(line) as Written[]) this.#set(table, id, row)
    if (opened.lines.length <= 2 * this.#count() + 1000) {
      this.#journal = opened.journal
      return
    }
    opened.journal.close()
    replaceJournal(folder, this.#snapshot())
    this.#journal = openJournal(folder).journal
  }

  get<N extends TableName>(table: N, id: string): Rows[N] | undefined {
    return this.#table(table).rows.get(id)?.row ?? undefined
  }

  put<N extends TableName>(table: N, id: string, row: Rows[N]): Rows[N] {
    this.#change(table, id, row)
    return row
  }

  remove(table: TableName, id: string): void {
    this.#change(table, id, null)
  }

  /** Rows in order of birth, from the one after `afterId` on. */
  *oldest<N extends TableName>(table: N, afterId?: string): Generator<[string, Rows[N]]> {
    yield* this.#walk(table, 1, afterId)
  }

  /** Rows, newest first, from the one after (that is, older than) `afterId` on. */
  *newest<N extends TableName>(table: N, afterId?: string): Generator<[string, Rows[N]]> {
    yield* this.#walk(table, -1, afterId)
  }

  /** Called after each commit with what it wrote. */
  onCommit(listener: (written: readonly Written[]) => void): void {
    this.#listeners.push(listener)
  }

  write<T>(action: () => T): T {
    if (this.#undo !== null) throw new Error("a transaction is open already")
    const undo: (() => void)[] = []
    this.#undo = undo
    this.#written = []
    try {
      const result = action()
      if (this.#written.length > 0) this.#journal?.append(JSON.stringify(this.#written))
      this.#undo = null
      const written = this.#written
      for (const listener of this.#listeners) listener(written)
      return result
    } catch (error) {
      if (this.#undo !== null) for (const step of undo.reverse()) step()
      this.#undo = null
      throw error
    }
  }

  close(): void {
    this.#journal?.close()
  }

  #table<N extends TableName>(name: N): Table<Rows[N]> {
    return this.#tables[name]
  }

  #change<N extends TableName>(table: N, id: string, row: Rows[N] | null): void {
    if (this.#undo === null) throw new Error(`${table} changed outside a transaction`)
    const before = this.#table(table).rows.get(id)
    this.#undo.push(() => this.#restore(table, id, before?.row))
    this.#set(table, id, row)
    this.#written.push([table, id, row] as Written)
  }

  #set<N extends TableName>(name: N, id: string, row: Rows[N] | null): void {
    const table = this.#table(name)
    const position = table.rows.get(id)?.position ?? table.ids.push(id) - 1
    table.rows.set(id, { position, row })
  }

  #restore<N extends TableName>(name: N, id: string, row: Rows[N] | null | undefined): void {
    if (row !== undefined) {
      this.#set(name, id, row)
      return
    }
    const table = this.#table(name)
    table.ids.pop()
    table.rows.delete(id)
  }

  *#walk<N extends TableName>(name: N, step: 1 | -1, afterId?: string): Generator<[string, Rows[N]]> {
    const { ids, rows } = this.#table(name)
    const after = afterId === undefined ? undefined : rows.get(afterId)?.position
    const start = after === undefined ? (step === 1 ? 0 : ids.length - 1) : after + step
    for (let index = start; index >= 0 && index < ids.length; index += step) {
      const id = ids[index] ?? ""
      const row = rows.get(id)?.row
      if (row !== undefined && row !== null) yield [id, row]
    }
  }

  #count(): number {
    return tableNames.reduce((sum, name) => sum + this.#tables[name].ids.length, 0)
  }

  *#snapshot(): Generator<string> {
    for (const name of tableNames)
      for (const [id, row] of this.oldest(name)) yield JSON.stringify([[name, id, row]])
  }
}

function emptyTables(): { [N in TableName]: Table<Rows[N]> } {
  const tables: Record<string, Table<never>> = {}
  for (const name of tableNames) tables[name] = { ids: [], rows: new Map() }
  return tables as unknown as { [N in TableName]: Table<Rows[N]> }
}
