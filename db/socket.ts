import { Socket } from "node:net"

/**
 * A socket that tells of its failure and its end in one breath. Between the two, a moment apart with Node's own,
 * postgres.js (3.4.9) takes another query onto the dead connection and never settles it: a writer that tries
 * again at once would then wait for ever.
 */
class PlainSocket extends Socket {
  #failure: Error | null = null
  #reached = false

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "connect") this.#reached = true
    if (event === "error") {
      this.#failure = args[0] instanceof Error ? args[0] : new Error(String(args[0]))
      return true
    }
    if (event !== "close" || this.#failure === null) return super.emit(event, ...args)
    super.emit("error", this.#failure)
    // A connection that stood and fell is not counted as a failed attempt to connect.
    return super.emit("close", !this.#reached)
  }
}

type Target = { path?: string | null; host: readonly string[]; port: readonly number[] }

/** What postgres.js calls to make a socket; what it writes before the connection stands is kept until then. */
export function makeSocket({ path, host: [host], port: [port] }: Target): Socket {
  const socket = new PlainSocket()
  if (path) socket.connect(path)
  else {
    socket.connect(port ?? 5432, host ?? "localhost")
    // The name that a TLS certificate is checked against.
    Object.assign(socket, { host, port })
  }
  return socket
}
