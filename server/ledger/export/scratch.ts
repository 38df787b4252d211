/**
 * Room for bytes that are needed until the next block of records. Made anew for each block it would wait for the
 * collector, and an export's memory would be mostly such waste.
 */
export class Scratch {
  #bytes = Buffer.alloc(0)

  /** At least so many bytes; what they hold is what was left there. */
  take(length: number): Buffer {
    if (this.#bytes.length < length) this.#bytes = Buffer.allocUnsafeSlow(length + (length >> 2))
    return this.#bytes
  }
}
