/**
 * The cryptography that the ledger's code is given from outside: node:crypto on the server and the command line,
 * @noble in the browser. Nothing in contracts/ledger reaches for a library itself.
 */

/** SHA-256 of the bytes: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** SHA-256 over parts, for files that are never whole in memory. */
export type RunningSha256 = { update(bytes: Uint8Array): void; digest(): Uint8Array }

/** One that may tell its digest later, when whoever computes it has come that far: at the latest in `settle`. */
export type EndingSha256 = RunningSha256 & { end(told: (digest: Uint8Array) => void): void }

/** Computes the hashes of files elsewhere, such as in another thread, at the same time. */
export type FileHashes = {
  open(): EndingSha256
  /** Of a file of lines: of the parts that it was given it may know leaf hashes before they are asked for. */
  openLines?(): EndingSha256 & { readonly leaves: LeafHashes }
  settle(): void
}

/**
 * Leaf hashes (RFC 6962) of the 256 lines of a file that lie between two places of it, one after the other into
 * `hashes`. Never waits; false: they are not known.
 */
export type LeafHashes = { take(from: number, to: number, hashes: Uint8Array): boolean }

/** True when the 64-byte Ed25519 signature (RFC 8032) over the message is the public key's. Never throws. */
export type VerifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** An Ed25519 signature of 64 bytes; the private key stays behind this port. */
export type SignEd25519 = (message: Uint8Array) => Uint8Array

export type VerifierCrypto = {
  readonly sha256: Sha256
  readonly runningSha256: () => RunningSha256
  readonly verifyEd25519: VerifyEd25519
  readonly fileHashes?: FileHashes | null
}
