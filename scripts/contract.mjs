/**
 * What the product relies on of Stripe, asked of the stand-in, or with `--stripe` of Stripe's own test mode: that
 * needs STRIPE_TEST_KEY, and STRIPE_TEST_PAYEE (an account whose transfers are active) for the tests of transfers.
 */
import { spawnSync } from "node:child_process"

const real = process.argv.includes("--stripe")
if (real && process.env.CI) {
  console.error("Stripe's test mode is not asked by machines that build: run this by hand.")
  process.exit(2)
}
if (real && !/^(sk|rk)_test_\w+$/.test(process.env.STRIPE_TEST_KEY ?? "")) {
  console.error("Set STRIPE_TEST_KEY to a secret key of Stripe's test mode (sk_test_…).")
  process.exit(2)
}
const { status } = spawnSync("npx", ["vitest", "run", "server/payments/contract"], {
  stdio: "inherit",
  env: { ...process.env, ...(real ? { QUANHENG_CONTRACT: "stripe" } : {}) },
})
process.exit(status ?? 1)
