import { markReversal, mostFileLines } from "#contracts/bank-file.ts"
import { type Currency, currencies, makeMoney } from "#contracts/money.ts"
import type { Refusal } from "#contracts/refusal.ts"
import {
  type Balance,
  type FileLine,
  type ParsedFile,
  plainText,
  type ReadingOf,
  readDate,
  reading,
  signedMinor,
  stop,
} from "./parsed.ts"
import { all, at, readXmlParts, textAt, type XmlNode } from "./xml-tree.ts"

/**
 * Reads an ISO 20022 bank-to-customer statement, camt.053.001.02 to .08 and later: the versions name what is read here
 * alike, but for the status (`Sts`, or `Sts/Cd`) and parties (`Dbtr/Nm`, or `Dbtr/Pty/Nm`). Several statements of the
 * account may follow each other in one file.
 */
export function readCamt(text: string, of: ReadingOf): ParsedFile | Refusal {
  return reading(() => {
    const file = new CamtFile(of)
    readXmlParts(text, new Set(["Acct", "Bal", "Ntry"]), (path, part) => file.take(path, part))
    return file.end()
  })
}

const statementPath = "Document/BkToCstmrStmt/Stmt"

class CamtFile {
  readonly #of: ReadingOf
  readonly #lines: FileLine[] = []
  #account: ParsedFile["account"] = null
  #first: Balance | null = null
  #opening: Balance | null = null
  /** What opening and lines come to by now; null without an opening balance. */
  #sum: bigint | null = null
  #closing: Balance | null = null
  #found = false

  constructor(of: ReadingOf) {
    this.#of = of
  }

  take(path: readonly string[], part: XmlNode): void {
    if (path.join("/") !== statementPath) return
    this.#found = true
    if (part.name === "Acct") this.#takeAccount(part)
    else if (part.name === "Bal") this.#takeBalance(part)
    else this.#takeEntry(part)
  }

  end(): ParsedFile {
    if (!this.#found) return stop("bank_file_form", 1)
    this.#closeStatement()
    if (this.#lines.length === 0) return stop("bank_file_no_lines", 1)
    return {
      format: "camt.053",
      account: this.#account,
      currency: this.#of.currency,
      opening: this.#first,
      closing: this.#closing,
      lines: this.#lines,
    }
  }

  /** A statement begins with its account: what the one before came to is checked then. */
  #takeAccount(part: XmlNode): void {
    this.#closeStatement()
    const account = textAt(part, "Id", "IBAN") || textAt(part, "Id", "Othr", "Id")
    const told = textAt(part, "Ccy")
    if (told !== "" && told !== this.#of.currency)
      stop("bank_file_currency", part.row, { expected: this.#of.currency })
    if (account === "") return
    if (this.#account && this.#account.text !== account) stop("bank_file_account", part.row)
    this.#account = { row: part.row, text: account }
  }

  #closeStatement(): void {
    const [closing, sum] = [this.#closing, this.#sum]
    if (closing && sum !== null && closing.minor !== sum) stop("bank_file_balance", closing.row)
    // Pages of one statement follow each other: the next one's opening balance is this one's closing.
    this.#opening = null
  }

  /** Balances stand before the entries; of the opening ones the first counts, of the closing ones the last. */
  #takeBalance(part: XmlNode): void {
    const code = textAt(part, "Tp", "CdOrPrtry", "Cd")
    if (!["OPBD", "PRCD", "CLBD", "ITBD"].includes(code)) return
    const { direction, amount } = this.#money(part)
    const balance = { row: part.row, minor: signedMinor({ direction, amount }) }
    const opens = code === "OPBD" || code === "PRCD" || (code === "ITBD" && !this.#opening)
    if (!opens) {
      this.#closing = balance
      return
    }
    if (this.#opening) return
    const before = this.#closing
    if (before && before.minor !== balance.minor) stop("bank_file_balance", part.row)
    this.#opening = balance
    this.#first ??= balance
    this.#sum = balance.minor
  }

  #takeEntry(part: XmlNode): void {
    const status = textAt(part, "Sts", "Cd") || textAt(part, "Sts")
    // What is pending or only told of is not booked, and comes again when it is.
    if (status !== "" && status !== "BOOK") return
    const { direction, amount } = this.#money(part)
    if (this.#sum !== null) this.#sum += signedMinor({ direction, amount })
    const details = all(part, "NtryDtls").flatMap((one) => all(one, "TxDtls"))
    const batch = details.length > 1 ? this.#batch(part, details, amount.minor) : null
    const [only = null] = details
    for (const line of batch ?? [this.#line(part, only, { direction, amount }, "")]) this.#lines.push(line)
    if (this.#lines.length > mostFileLines) stop("bank_file_lines", part.row, { most: mostFileLines })
  }

  /** The transfers of a batch as lines of their own, where the bank tells their amounts and these come to the whole. */
  #batch(entry: XmlNode, details: readonly XmlNode[], whole: string): FileLine[] | null {
    const amounts = details.map((one) => at(one, "Amt") ?? at(one, "AmtDtls", "TxAmt", "Amt"))
    if (amounts.some((one) => one === null)) return null
    const direction = this.#direction(entry)
    const told = details.map((one) => (at(one, "CdtDbtInd") ? this.#direction(one) : direction))
    const moneys = amounts.map((one) => this.#amount(one as XmlNode))
    const sum = moneys.reduce((total, amount) => total + BigInt(amount.minor), 0n)
    if (sum !== BigInt(whole) || told.some((one) => one !== direction)) return null
    return details.map((one, i) =>
      this.#line(
        entry,
        one,
        { direction, amount: moneys[i] ?? makeMoney(0n, this.#of.currency) },
        `/${i + 1}`,
      ),
    )
  }

  #line(
    entry: XmlNode,
    one: XmlNode | null,
    money: Pick<FileLine, "direction" | "amount">,
    place: string,
  ): FileLine {
    const { row } = entry
    const own = textAt(one, "Refs", "AcctSvcrRef")
    const whole = textAt(entry, "AcctSvcrRef")
    const dated = ["BookgDt", "ValDt"].map((name) => textAt(entry, name, "Dt") || textAt(entry, name, "DtTm"))
    const side = money.direction === "in" ? "Dbtr" : "Cdtr"
    const party = at(one, "RltdPties", side)
    const account = at(one, "RltdPties", `${side}Acct`, "Id")
    const text = remittance(entry, one).join(" ")
    const reversal = ["true", "1"].includes(textAt(entry, "RvslInd"))
    return {
      row,
      date: readDate((dated.find((text) => text !== "") ?? "").slice(0, 10), row, this.#of.lastDay),
      ...money,
      reference: plainText(own || (whole && whole + place), row, 100) || null,
      counterparty: plainText(textAt(party, "Nm") || textAt(party, "Pty", "Nm"), row),
      counterAccount: plainText(textAt(account, "IBAN") || textAt(account, "Othr", "Id"), row),
      text: plainText(reversal ? markReversal(text) : text, row),
    }
  }

  #money(part: XmlNode): Pick<FileLine, "direction" | "amount"> {
    return { direction: this.#direction(part), amount: this.#amount(at(part, "Amt") ?? part) }
  }

  #direction(part: XmlNode): "in" | "out" {
    const told = textAt(part, "CdtDbtInd")
    if (told !== "CRDT" && told !== "DBIT") return stop("bank_row_amount", part.row)
    return told === "CRDT" ? "in" : "out"
  }

  /** `<Amt Ccy="CNY">1234.50</Amt>`: a point, no sign. */
  #amount(part: XmlNode) {
    const { currency } = this.#of
    const told = part.attributes.Ccy
    if (told !== undefined && told !== currency) stop("bank_file_currency", part.row, { expected: currency })
    return makeMoney(minorOfIso(part.text.trim(), currency, part.row), currency)
  }
}

function minorOfIso(text: string, currency: Currency, row: number): bigint {
  const found = /^(\d{1,15})(?:\.(\d{0,8}))?$/.exec(text)
  if (!found) return stop("bank_row_amount", row)
  const { decimals } = currencies[currency]
  const cents = (found[2] ?? "").replace(/0+$/, "")
  const minor = cents.length > decimals ? -1n : BigInt((found[1] ?? "") + cents.padEnd(decimals, "0"))
  if (minor < 0n || minor.toString().length > 15) return stop("bank_row_amount", row)
  return minor
}

/** All that was written on a transfer: free and structured text, the payer's own number, what the bank adds. */
function remittance(entry: XmlNode, one: XmlNode | null): string[] {
  const told = all(one, "RmtInf").flatMap((part) => [
    ...all(part, "Ustrd").map((text) => text.text.trim()),
    ...all(part, "Strd").map((text) => textAt(text, "CdtrRefInf", "Ref")),
  ])
  const endToEnd = textAt(one, "Refs", "EndToEndId")
  if (endToEnd !== "NOTPROVIDED") told.push(endToEnd)
  told.push(textAt(one, "AddtlTxInf"), textAt(entry, "AddtlNtryInf"))
  return [...new Set(told.filter((text) => text !== ""))]
}
