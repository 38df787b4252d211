const stepMs = 100

/** A line on stderr that grows with the bytes that were read, only where a person is watching. */
export function makeProgress(wanted: boolean): {
  show: (done: number, total: number) => void
  end: () => void
} {
  if (!wanted || process.stderr.isTTY !== true) return { show: () => {}, end: () => {} }
  let shownAt = 0
  return {
    show(done, total) {
      const now = performance.now()
      if (now - shownAt < stepMs || total === 0) return
      shownAt = now
      const share = Math.min(1, done / total)
      const bar = "█".repeat(Math.round(share * 30)).padEnd(30, "░")
      process.stderr.write(`\r${bar} ${(share * 100).toFixed(0).padStart(3)} %`)
    },
    end: () => void process.stderr.write("\r\u001b[K"),
  }
}
