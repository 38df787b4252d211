import { hash } from "node:crypto"
import type { Actor } from "#contracts/actor.ts"
import { type BankFile, plainReference } from "#contracts/bank-file.ts"
import type { Id } from "#contracts/ids.ts"
import { type Currency, type Money, plus, zero } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { addMs, hourMs } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { takeRandom } from "../random.ts"
import type { Services } from "../services.ts"
import { type KeyedLine, keyLines } from "./line-keys.ts"
import type { ParsedFile } from "./parsed.ts"
import { readBankFile } from "./read-file.ts"
import { importBankFile } from "./rules.ts"
import { type KnownLine, keepImport, loadKnown, loadUntold, lockImports } from "./store.ts"

/** `file` is the one with the lines: this one, or where nothing was new an earlier one. */
export type ImportAnswer = { file: Id<"bankFile">; lines: number; added: number }

/** The bank's day may be a day ahead of ours. */
const aheadMs = 14 * hourMs

/**
 * Reads a statement of the platform's bank account and keeps the lines that no file before had: the same file again
 * changes nothing. Nothing is kept of a file that is refused.
 */
export async function importStatement(
  services: Services,
  actor: Actor,
  bytes: Uint8Array,
  currency: Currency,
): Promise<ImportAnswer | Refusal> {
  const user = permit(actor, "bankFile.import")
  if (isRefusal(user)) return user
  const { sql, writer } = services
  const lastDay = addMs(writer.now(), aheadMs).slice(0, 10)
  const parsed = readBankFile(bytes, { currency, lastDay })
  if (isRefusal(parsed)) return parsed
  const own = plainReference(services.config.bankAccount)
  if (parsed.account && !isSameAccount(own, parsed.account.text))
    return refuse("bank_file_account", "file", { row: parsed.account.row })
  const lines = keyLines(parsed.lines)
  return lockImports(sql, async () => {
    for (const file of await loadUntold(sql)) await tell(services, file)
    const known = await loadKnown(sql, own, lines, spanOf(lines))
    const changed = changedLine(lines, known)
    if (changed) return refuse("bank_line_changed", "file", { row: changed.row })
    const knownKeys = new Set(known.map(({ key }) => key))
    const fresh = lines.filter(({ key }) => !knownKeys.has(key))
    const earlier = known.find(({ key }) => key === lines[0]?.key)
    if (fresh.length === 0 && earlier) return { file: earlier.file, lines: lines.length, added: 0 }
    const file = headOf(services, parsed, lines, fresh.length, bytes, user)
    await keepImport(
      sql,
      own,
      file,
      fresh.map((line) => ({ ...line, id: services.newId("bankLine") })),
    )
    return tell(services, file)
  })
}

/** Writes the fact; what was told before answers the same. */
async function tell(services: Services, file: BankFile): Promise<ImportAnswer> {
  const answer = await services.writer.run(
    { giver: file.owner, id: `import:${file.id}`, action: "bankFile.import", input: { file: file.id } },
    async () => null,
    () => importBankFile(file),
  )
  if (isRefusal(answer)) throw new Error(`the import ${file.id} is not told: ${answer.refused}`)
  return answer as ImportAnswer
}

/** Banks write their account with or without its branch and spaces: one is the end, or a part, of the other. */
function isSameAccount(own: string, told: string): boolean {
  const plain = plainReference(told)
  const [short, long] = own.length < plain.length ? [own, plain] : [plain, own]
  return short.length >= 6 && long.includes(short)
}

function spanOf(lines: readonly KeyedLine[]): Pick<BankFile, "from" | "to"> {
  const dates = lines.map(({ date }) => date).sort()
  return { from: dates[0] ?? "", to: dates.at(-1) ?? "" }
}

/**
 * A new line of a number whose money goes the same way in a line that is known and that this file does not also have: it
 * may be that one with another day or amount. A file may tell a part of the known ones; what comes back, or is a fee of
 * what came in, has the number of what it is about, and goes the other way.
 */
function changedLine(lines: readonly KeyedLine[], known: readonly KnownLine[]): KeyedLine | null {
  const told = new Set(lines.map(({ key }) => key))
  const kept = new Set(known.map(({ key }) => key))
  const way = ({ reference, direction }: Pick<KnownLine, "reference" | "direction">) =>
    `${direction} ${reference}`
  const untold = new Set(known.flatMap((line) => (told.has(line.key) ? [] : [way(line)])))
  return lines.find((line) => !kept.has(line.key) && untold.has(way(line))) ?? null
}

function headOf(
  { newId, writer }: Services,
  { format, account, opening, closing }: ParsedFile,
  lines: readonly KeyedLine[],
  added: number,
  bytes: Uint8Array,
  user: { party: Id<"party">; user: Id<"user"> },
): BankFile {
  const nonce = takeRandom(16).toString("hex")
  const currency = lines[0]?.amount.currency ?? "CNY"
  const sum = (direction: "in" | "out"): Money =>
    lines
      .filter((line) => line.direction === direction)
      .reduce((total, { amount }) => plus(total, amount), zero(currency))
  return {
    id: newId("bankFile"),
    version: 1,
    format,
    fileHash: hash("sha256", bytes, "hex"),
    account: account?.text ?? null,
    currency,
    ...spanOf(lines),
    opening: opening?.minor.toString() ?? null,
    closing: closing?.minor.toString() ?? null,
    lines: lines.length,
    added,
    credits: sum("in"),
    debits: sum("out"),
    linesHash: hash("sha256", `${[nonce, ...lines.map(({ key }) => key)].join("\n")}\n`, "hex"),
    nonce,
    owner: user.party,
    user: user.user,
    at: writer.now(),
  }
}
