import { randomBytes } from "node:crypto"
import { parseArgs } from "node:util"
import { makeId } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { offices, openOfficeInput } from "#contracts/party.ts"
import { isRefusal, type Refusal, sentence } from "#contracts/refusal.ts"
import { toMs } from "#contracts/time.ts"
import { connect } from "#db/connect.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { openValueKeys, valueKeyFile } from "#server/commit/value-keys.ts"
import { Writer } from "#server/commit.ts"
import { holdsValues } from "#server/ledger/disclosure-store.ts"
import { openOffice } from "#server/parties/commands.ts"
import { databaseUrl, marketHome, masterKey } from "./market-home.ts"

const usage = `Usage: quanheng office ${offices.join("|")} --email EMAIL --country CC --identifier CODE --person NAME
                       (--name-zh NAME | --name-en NAME | both)

Registers the party that operates or supervises this market, for a person who has signed up with EMAIL and becomes
its first administrator. Nobody gets these roles at a door of the market; the opening is a record in the ledger.
CODE is a unified social credit code in mainland China (CN), a VAT id elsewhere; NAME is who may act for it. The
market's database must be running; its data folder is QUANHENG_HOME (.quanheng).
`

export async function run(args: string[]): Promise<number> {
  try {
    const input = readInput(args)
    if (input === null) {
      process.stdout.write(usage)
      return args.includes("--help") || args.includes("-h") ? 0 : 2
    }
    const opened = await open(input)
    process.stdout.write(`${(opened as { party: string }).party}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`quanheng office: ${error instanceof Error ? error.message : "unknown error"}\n`)
    return 2
  }
}

/** Null where the usage is to be shown. Throws a plain sentence for a value that cannot be. */
function readInput(args: string[]) {
  const text = { type: "string" } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      email: text,
      country: text,
      identifier: text,
      person: text,
      "name-zh": text,
      "name-en": text,
      help: { type: "boolean", short: "h", default: false },
    },
  })
  if (values.help || positionals.length !== 1) return null
  const { "name-zh": zh, "name-en": en } = values
  const name: LocalizedText = {
    original: zh === undefined ? "en" : "zh",
    ...(zh === undefined ? {} : { zh }),
    ...(en === undefined ? {} : { en }),
  }
  const read = openOfficeInput.safeParse({
    email: values.email,
    name,
    country: values.country,
    identifier: values.identifier,
    authorisedPerson: values.person,
    roles: positionals,
  })
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Error(`${issue?.path.join(".")}: ${issue?.message}; see quanheng office --help`)
}

async function open(input: NonNullable<ReturnType<typeof readInput>>) {
  const home = marketHome()
  const sql = connect(await databaseUrl(home), { connections: 2, name: "quanheng-office" })
  try {
    const values = await openValueKeys(valueKeyFile(home), () => holdsValues(sql))
    const writer = await new Writer(sql, makeKeyRing(sql, await masterKey(home), values)).start()
    const opened = await openOffice(
      { sql, writer, newId: (kind) => makeId(kind, toMs(writer.now()), randomBytes(10)) },
      input,
    )
    if (isRefusal(opened)) throw new Error(reasonOf(opened, input.email))
    return opened
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const reasonOf = (refusal: Refusal, email: string): string =>
  refusal.refused === "not_found"
    ? `nobody has signed up with ${email}`
    : sentence(refusal, /^zh/i.test(process.env.LANG ?? "") ? "zh" : "en")
