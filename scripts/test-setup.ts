import { writeVerifiers } from "./verifiers.ts"

/** Vitest's global setup: exports hold the verifiers that these sources make. */
export default writeVerifiers
