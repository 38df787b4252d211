import { chanceFrom } from "./chance.ts"

/**
 * What may happen next to the trades of one lane, and how often. `forward` is what somebody would do who wants the
 * trade to get on; the others get in its way. A step is its kind and a number from which all its choices are drawn.
 */
export const kinds = {
  forward: 50,
  work: 10,
  event: 20,
  redirect: 4,
  decline: 2,
  payStray: 4,
  payOther: 3,
  cancel: 2,
  repeat: 4,
  rivals: 4,
  wrongMoney: 2,
  freeze: 2,
  lift: 3,
  payee: 2,
  giveBack: 6,
  decide: 3,
  repay: 2,
  return: 3,
  byBank: 4,
  debt: 3,
  payDebt: 2,
  takeOut: 4,
  topUp: 9,
  chargeBack: 5,
  bankDecides: 4,
  answer: 3,
  payOut: 1,
  failPayout: 1,
  empty: 3,
  fault: 8,
  crash: 7,
} as const satisfies Record<string, number>

export type Kind = keyof typeof kinds
export type Step = { kind: Kind; seed: number }
/** What happens in one lane: a step a round, and between rounds for how long nothing happens. */
export type Sequence = { steps: (Step | null)[]; jumps: number[] }

const names = Object.keys(kinds) as Kind[]
const total = names.reduce((sum, name) => sum + kinds[name], 0)

export function drawStep(seed: number): Step {
  const chance = chanceFrom(seed)
  let left = chance.below(total)
  const kind = names.find((name) => {
    left -= kinds[name]
    return left < 0
  }) as Kind
  return { kind, seed: chance.below(2 ** 31) }
}

const minutes = [10, 10, 10, 10, 120, 120, 120, 1_500, 1_500, 4 * 1_440, 8 * 1_440, 31 * 1_440]

/** How long nothing happens after a round, in minutes; mostly not at all. */
export function drawJump(seed: number): number {
  const chance = chanceFrom(seed)
  return chance.percent(8) ? chance.one(minutes) : 0
}

/** As text, to be kept as a test: `forward:123 - jump:1500 work:7`. */
export function writeSequence({ steps, jumps }: Sequence): string {
  return steps
    .map((step, i) => `${step ? `${step.kind}:${step.seed}` : "-"}${jumps[i] ? ` jump:${jumps[i]}` : ""}`)
    .join(" ")
}

export function readSequence(text: string): Sequence {
  const sequence: Sequence = { steps: [], jumps: [] }
  for (const word of text.trim().split(/\s+/)) {
    const [kind = "", number = "0"] = word.split(":")
    if (kind === "jump") sequence.jumps[sequence.steps.length - 1] = Number(number)
    else {
      sequence.steps.push(kind === "-" ? null : { kind: kind as Kind, seed: Number(number) })
      sequence.jumps.push(0)
    }
  }
  return sequence
}
