/** One plain sentence for the person at the terminal. What they cannot act on goes into a log file instead. */
export function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

/** Says the same with the seconds that have passed, every ten seconds, until the work is done. */
export async function sayWhile<T>(sentence: string, work: Promise<T>): Promise<T> {
  say(sentence)
  const began = Date.now()
  const timer = setInterval(() => say(`${sentence} ${Math.round((Date.now() - began) / 1000)} s`), 10_000)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}
