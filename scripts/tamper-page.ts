import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { tamperPage } from "../contracts/ledger/testing/tamper/page.ts"

/** Writes docs/tamper-matrix.md; a test says when that has to be done again. */
writeFileSync(fileURLToPath(new URL("../docs/tamper-matrix.md", import.meta.url)), tamperPage())
