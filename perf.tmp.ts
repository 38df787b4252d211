import { mkdirSync, writeFileSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { execSync } from "node:child_process"
import { makeBundle, signFiles } from "#contracts/ledger/testing/bundle.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { makeSigner, sealLog } from "#contracts/ledger/testing/seal.ts"
import { verifyBundle } from "#contracts/ledger/verify.ts"
import { nodeCrypto } from "./cli/node-crypto.ts"
import { openFolder } from "./cli/verify-source.ts"
const N = Number(process.argv[2] ?? 100000)
const signer = makeSigner("quanheng/test/0a1b2c3d")
const log = sealLog("quanheng/test/0a1b2c3d", market(N))
const files = makeBundle(log, signer)
rmSync("/tmp/perfbundle", { recursive: true, force: true })
for (const [p, b] of files) { const f = join("/tmp/perfbundle", p); mkdirSync(dirname(f), { recursive: true }); writeFileSync(f, b) }
const bare = new Map(files); for (const p of ["disclosures.jsonl","book.csv","trial-balance.csv","records.csv"]) bare.delete(p)
signFiles(bare, log, signer)
rmSync("/tmp/perfbare", { recursive: true, force: true })
for (const [p, b] of bare) { const f = join("/tmp/perfbare", p); mkdirSync(dirname(f), { recursive: true }); writeFileSync(f, b) }
for (const dir of ["/tmp/perfbundle","/tmp/perfbare"]) for (let i=0;i<2;i++) {
  const t = performance.now()
  const r = await verifyBundle(await openFolder(dir), { crypto: nodeCrypto, keys: [signer.key] })
  const s = (performance.now()-t)/1000
  console.log(dir, r.verdict, r.checked.disclosures, (N/s).toFixed(0)+"/s", "rss", (process.memoryUsage().rss/1e6).toFixed(0))
}
const t = performance.now(); execSync("sha256sum /tmp/perfbare/records.jsonl"); console.log("sha256sum", (N/((performance.now()-t)/1000)).toFixed(0)+"/s", files.get("records.jsonl")!.length/N)
