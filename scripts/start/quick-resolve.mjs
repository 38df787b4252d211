/**
 * Loaded first by each process of the market. drizzle-orm is some hundred small files, and for each of them Node (24)
 * reads its package.json of 180 KB again to learn that a `.js` file there is a module: a second of each process's
 * start. What its files import from each other is answered here.
 */
import { registerHooks } from "node:module"

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith("./") || specifier.startsWith("../"))
      if (/\/node_modules\/drizzle-orm\/.*\.js$/.test(context.parentURL ?? ""))
        return { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true }
    return next(specifier, context)
  },
})
