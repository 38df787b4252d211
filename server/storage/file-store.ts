/**
 * Where bytes are kept: a small port over whole files that are written once and never change. What it is given
 * is already sealed (sealed-file.ts), so a driver sees no plaintext and needs no keys. Keys are random and made
 * by the store: no name that a user chose ever reaches a path.
 */
export interface FileStore {
  /** Begins a new file. Nothing can be opened under its key before `commit`. */
  create(): Promise<FileWriter>
  /** Goes on with a file that was begun and suspended, at its last durable byte; null when there is none. */
  resume(key: FileKey): Promise<FileWriter | null>
  /** Null when there is no finished file of this key. */
  open(key: FileKey): Promise<StoredFile | null>
  stat(key: FileKey): Promise<{ bytes: number } | null>
  /** Removes a file, finished or only begun. Removing what is not there is no error. */
  delete(key: FileKey): Promise<void>
  /** The keys of files begun but not touched since `beforeMs` (milliseconds since 1970): what a sweep removes. */
  unfinished(beforeMs: number): Promise<FileKey[]>
}

/** 32 lower-case hex digits. */
export type FileKey = string

export interface FileWriter {
  readonly key: FileKey
  /** Bytes written so far. */
  bytes(): number
  /** Resolves when the bytes were handed on; the caller may then reuse the array. */
  write(bytes: Uint8Array): Promise<void>
  /** Reads back what was written so far: what a resumed upload hashes again. */
  read(start: number, length: number): Promise<Uint8Array>
  /** Forgets everything from this offset on, which must not lie beyond `bytes()`. */
  truncate(bytes: number): Promise<void>
  /** Makes the file durable and openable under its key. */
  commit(): Promise<void>
  /** Makes what was written durable, so that `resume` can go on. */
  suspend(): Promise<void>
  /** Removes all that was written. */
  abort(): Promise<void>
}

/** A finished file held open. It must be closed. */
export interface StoredFile {
  readonly bytes: number
  /** Exactly `length` bytes from `start`; throws when the file has fewer. */
  read(start: number, length: number): Promise<Uint8Array>
  close(): Promise<void>
}

export function isFileKey(text: string): text is FileKey {
  return /^[0-9a-f]{32}$/.test(text)
}
