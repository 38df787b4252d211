import type { Lane } from "./lane.ts"
import type { Runner } from "./run.ts"
import { type Sequence, writeSequence } from "./steps.ts"

/** Takes away whatever a wrong does not need, as long as the time suffices. */
async function shrink(runner: Runner, sequence: Sequence, lane: Lane, limitMs: number): Promise<Sequence> {
  const end = Date.now() + limitMs
  let least = sequence
  const fails = async (candidate: Sequence) => (await runner.run([candidate], [lane])).wrongs.length > 0
  for (
    let size = Math.ceil(least.steps.length / 2);
    size >= 1 && Date.now() < end;
    size = Math.floor(size / 2)
  ) {
    for (let from = 0; from < least.steps.length && Date.now() < end; ) {
      const candidate = {
        steps: least.steps.toSpliced(from, size),
        jumps: least.jumps.toSpliced(from, size),
      }
      if (candidate.steps.length > 0 && (await fails(candidate))) least = candidate
      else from += size
    }
  }
  for (const [i, jump] of least.jumps.entries()) {
    if (jump === 0 || Date.now() > end) continue
    const candidate = { ...least, jumps: least.jumps.with(i, 0) }
    if (await fails(candidate)) least = candidate
  }
  return least
}

/** Which lane fails by itself, and with what least sequence. */
export async function explain(runner: Runner, sequences: readonly Sequence[], wrongs: readonly string[]) {
  const failing = new Set(
    wrongs.map((said) => /^lane (\d+): /.exec(said)?.[1]).filter((n) => n !== undefined),
  )
  for (const [number, sequence] of sequences.entries()) {
    if (failing.size > 0 && !failing.has(String(number))) continue
    const lane = runner.lanes[number]
    if (!lane || (await runner.run([sequence], [lane])).wrongs.length === 0) continue
    const least = await shrink(runner, sequence, lane, 60_000)
    const last = await runner.run([least], [lane])
    return `alone, and made small:\n${writeSequence(least)}\n${last.wrongs.join("\n")}`
  }
  return "no lane fails alone: it takes several at once"
}
