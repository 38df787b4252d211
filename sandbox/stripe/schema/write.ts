import { writeFileSync } from "node:fs"
import { deriveSchemas } from "./derive.ts"
import { knownFile } from "./known.ts"
import { writeKnown } from "./write-known.ts"

/** Writes known-parameters.txt anew, after the SDK or wire.ts has changed. */
writeFileSync(knownFile, writeKnown(deriveSchemas()))
