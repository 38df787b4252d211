import { verifyBundle } from "#contracts/ledger/verify.ts"
import { nodeCrypto } from "./cli/node-crypto.ts"
import { openFolder } from "./cli/verify-source.ts"
for (let i=0;i<3;i++) {
const t = process.cpuUsage()
const r = await verifyBundle(await openFolder(process.argv[2]!), { crypto: nodeCrypto, keys: [] })
const s = process.cpuUsage(t).user/1e6
console.log(r.verdict, r.checked.records, (s/r.checked.records*1e6).toFixed(2)+" us/record (user)", "rss", (process.memoryUsage().rss/1e6).toFixed(0))
}
