/** docs/faults.md, made from what the tests saw. */
export type Row = { call: string; step: string; moved: string; ends: Record<string, string> }

const faultWords: Record<string, string> = {
  rate_limit: "429, nothing done",
  error_before: "500, nothing done",
  error_after: "500, done",
  hang_before: "no answer ever, nothing done",
  hang_after: "no answer ever, done",
  reset_after: "done, connection reset",
  truncate: "done, answer cut off",
  latency: "no answer in time, done later",
}

export function faultPage(
  calls: readonly Row[],
  webhooks: readonly Row[],
  faults: readonly string[],
): string {
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")
  return `# Faults of the payment provider 支付服务商故障

每一种调用遇到每一种故障时的结果：由测试逐格运行并写成本页。What becomes of each call of the payment provider at each fault; the tests run every cell and write this page.

Made by \`npm run faults\` (server/payments/faults.slow.test.ts); do not edit it by hand. Each cell is a call that the product itself makes, over HTTP and the official SDK without its own repetitions, against the stand-in for Stripe. In each, the fault was seen to fire, and the end was looked at on both sides: money moved exactly once, or not at all. \`at once\`: the fault did no harm. \`next try\`: the job or person that asks again gets through: what was made is found by its marks, or the same key gives its answer. \`a day later\`: the provider repeats its own failure as long as it remembers the key, and nothing that could be paid or moved came of it; meanwhile the payment stands in the operator's queue.

## Calls

${table(
  [
    "Call",
    "What the product does",
    ...faults.map((fault) => faultWords[fault] ?? fault),
    "What moved in the end",
  ],
  calls.map(({ call, step, moved, ends }) => [
    `\`${call}\``,
    step,
    ...faults.map((fault) => ends[fault] ?? "–"),
    moved,
  ]),
)}

## Webhooks

Of a paid page's event. What comes with a wrong signature or time is answered 400, and the provider sends it again.

${table(
  ["Fault", "What the product does", "End", "What moved in the end"],
  webhooks.map(({ call, step, ends, moved }) => [`\`${call}\``, step, ends.end ?? "", moved]),
)}
`
}
