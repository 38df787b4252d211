/**
 * Loaded first by each process of the market: answers itself where a module lies, for Node (24) takes a third of a
 * process's start to find that out. Our own files name each other by their whole path, `./x.ts` or `#server/x.ts`
 * (package.json, imports). drizzle-orm is some hundred small files, and for each of them Node reads its package.json of
 * 180 KB again to learn that a `.js` file there is a module.
 */
import { registerHooks } from "node:module"

const root = new URL("../../", import.meta.url).href
const drizzle = /\/node_modules\/drizzle-orm\/.*\.js$/

registerHooks({
  resolve(specifier, context, next) {
    const from = context.parentURL ?? ""
    const isOwn = from.startsWith(root) && !from.includes("/node_modules/")
    if (isOwn && specifier.endsWith(".ts")) {
      if (specifier.startsWith("./") || specifier.startsWith("../"))
        return { url: new URL(specifier, from).href, format: "module-typescript", shortCircuit: true }
      if (specifier.startsWith("#"))
        return { url: root + specifier.slice(1), format: "module-typescript", shortCircuit: true }
    }
    if ((specifier.startsWith("./") || specifier.startsWith("../")) && drizzle.test(from))
      return { url: new URL(specifier, from).href, format: "module", shortCircuit: true }
    return next(specifier, context)
  },
})
