/**
 * Mends postgres.js 3.4.9 where it lies in node_modules. When a connection closes there, its old state stays: the
 * process ends at the next query of a transaction that was under way, or that query runs inside somebody else's
 * transaction (issues 1208, 1215 and 1216 of porsager/postgres); what was not yet written keeps the next connection
 * from ever writing; and its last error is the answer to the next connection's first query. db/client.test.ts has a
 * test for each. To be deleted with the first release that has them mended.
 *
 * One more is no fault but costs: a query that has its answer keeps what it was asked with. V8 takes such objects for
 * alive for a while; under load the texts of the writer were four fifths of what each collection had to copy.
 *
 * Not by a tool for patches: the usual one brings fifty packages for these six places.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const builds = ["src", "cjs/src"]

/** For each file: a text that is there once, and what takes its place. */
export const mends = {
  "connection.js": [
    ["    socket = null\n\n", "    socket = chunk = nextWriteTimer = null\n\n"],
    [
      "    closedTime = performance.now()\n",
      "    query = results = errorResponse = null\n    result = new Result()\n    rows = 0\n$&",
    ],
    ["        query.resolve(results || result)\n", "$&        query.args = query.parameters = null\n"],
  ],
  "index.js": [
    ["    let savepoints = 0\n", "$&      , lost = null\n"],
    [
      "connection.onclose = reject)",
      "connection.onclose = e => {\n          lost = e\n          while (queries.length)\n            queries.shift().reject(e)\n          reject(e)\n        })",
    ],
    [
      "        c.queue === full\n          ? queries.push(q)",
      "        if (lost)\n          return q.reject(lost)\n$&",
    ],
  ],
}

/** Answers whether there was something to mend. Throws where a text is not there once: then it is another release. */
export function mendPostgres(root) {
  let mended = false
  for (const build of builds)
    for (const [name, changes] of Object.entries(mends)) {
      const path = join(root, "node_modules", "postgres", build, name)
      if (!existsSync(path)) continue
      const before = readFileSync(path, "utf8")
      const after = changes.reduce((text, [old, next]) => replaceOnce(path, text, old, next), before)
      if (after === before) continue
      // Whole or not at all: half a file would be taken for another release.
      writeFileSync(`${path}.mended`, after)
      renameSync(`${path}.mended`, path)
      mended = true
    }
  return mended
}

function replaceOnce(path, text, old, next) {
  const whole = next.replace("$&", () => old)
  if (text.split(whole).length === 2) return text
  if (text.split(old).length !== 2)
    throw new Error(
      `scripts/mend-postgres.mjs is not for this release of ${path}. Where it still has these faults, write their mending anew; else delete that file.`,
    )
  return text.replace(old, () => whole)
}
