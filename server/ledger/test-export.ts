import { join } from "node:path"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"
import { verifyBundle } from "#contracts/ledger/verify.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { openFolder } from "../../cli/verify-source.ts"
import type { Services } from "../services.ts"
import { writeBundle } from "./export/bundle.ts"
import { openLogKeys } from "./log-key.ts"
import { readLog } from "./log-store.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { Sequencer } from "./sequencer.ts"

/** Seals all that waits, under the key in `home`. */
export async function sealAll(sql: Services["sql"], home: string): Promise<void> {
  const sequencer = new Sequencer({ sql, home })
  while ((await sql`select 1 from pending_facts limit 1`).length > 0) await sequencer.sealOnce()
  await sequencer.stop()
}

/** What an operator's export of the whole log, with all values opened, proves: the verdict and each failure. */
export async function verifyExported(
  { sql, keys, writer }: Pick<Services, "sql" | "keys" | "writer">,
  home: string,
) {
  const { vkey, origin } = (await readLog(sql)) ?? { vkey: "", origin: "" }
  const key = parseVerifierKey(vkey, nodeCrypto.sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  const [signer] = (await openLogKeys({ home })).map((one) => one.signerOf(origin))
  const folder = join(home, "exports", "all")
  const order = { from: null, to: null, reason: "a test", role: "operator", party: null, user: null } as const
  const written = await writeBundle({
    sql,
    keys,
    signerOf: () => signer ?? null,
    order: { ...order, form: "folder", subject: null },
    now: writer.now(),
    folder,
    progress: async () => {},
  })
  if (isRefusal(written)) throw new Error(`refused: ${written.refused}`)
  const { verdict, failures } = await verifyBundle(await openFolder(folder), {
    crypto: nodeCrypto,
    keys: [key],
  })
  return { verdict, failures }
}
