import { hash, randomBytes } from "node:crypto"
import { link, mkdir, open, readFile, stat, unlink } from "node:fs/promises"
import path from "node:path"
import { writeDurably } from "../ledger/durable-file.ts"

/**
 * The keys that confidential values are encrypted with, besides their owner's. They are the leaves of a tree of
 * hashes over 2^32 addresses (a puncturable function after Goldreich, Goldwasser and Micali): from its root each
 * leaf is derived, so that nothing has to be written when a value is; destroying one leaf replaces the root by
 * the nodes beside the way to it, from which every other leaf still follows and that one never again.
 * The nodes are kept in a file outside of the database and of its backups (`keys/values` of the data folder):
 * that is why an erased value cannot be read from an old backup of the database, whoever has the master key.
 */
export type ValueKeys = {
  /** The leaf at this address (4 bytes): 32 bytes, or null when it was destroyed. */
  leaf(address: Uint8Array): Buffer | null
  /** Destroys leaves for good, durably, before it returns; those that are destroyed already stay so. */
  destroy(addresses: readonly Uint8Array[]): Promise<void>
  /** Reads again what another process has destroyed meanwhile. Cheap when asked often. */
  refresh(): Promise<void>
}

/** Hexadecimal digits of an address: each is one step down the tree, whose nodes have sixteen children. */
const depth = 8
const digits = "0123456789abcdef"
const firstLine = "quanheng value keys v1"
const domain = Buffer.from("quanheng/value-key/v1\n")
/** One block of SHA-256: 22 bytes of domain, 32 of the node, 1 of the step. */
const scratch = Buffer.alloc(domain.length + 33)
domain.copy(scratch)

function child(node: Uint8Array, digit: number): Buffer {
  scratch.set(node, domain.length)
  scratch[domain.length + 32] = digit
  // Node makes a string of a digest in half the time of a buffer; each character of a latin1 string is a byte.
  return Buffer.from(hash("sha256", scratch, "binary"), "latin1")
}

/** Nodes by the digits of the way to them; none lies above another. */
type Nodes = Map<string, Buffer>

class Tree {
  readonly nodes: Nodes
  /** Nodes six steps down by their three bytes: whoever writes takes 256 addresses below one of them in turn. */
  readonly #near = new Map<number, Buffer>()
  /** The last node seven steps down: fifteen of sixteen times the next leaf lies below it, and costs one hash. */
  #last: { at: number; node: Buffer } | null = null

  constructor(nodes: Nodes) {
    this.nodes = nodes
  }

  leaf(address: Uint8Array): Buffer | null {
    const [a = 0, b = 0, c = 0, d = 0] = address
    const at = ((a << 16) | (b << 8) | c) * 16 + (d >> 4)
    if (this.#last?.at === at) return child(this.#last.node, d & 15)
    const near = this.#near.get((a << 16) | (b << 8) | c)
    if (near) {
      const node = child(near, d >> 4)
      this.#last = { at, node }
      return child(node, d & 15)
    }
    return this.#fromCover(address)
  }

  #fromCover(address: Uint8Array): Buffer | null {
    const way = wayOf(address)
    const at = coverIn(this.nodes, way)
    if (at === null) return null
    const node = this.nodes.get(at) as Buffer
    const near = depth - 2
    if (at.length > near) return descend(node, at.length, way)
    const middle = descend(node, at.length, way.slice(0, near))
    if (this.#near.size >= 65_536) this.#near.clear()
    this.#near.set(Number.parseInt(way.slice(0, near), 16), middle)
    return descend(middle, near, way)
  }

  /** The tree without these leaves; null when they are not in it already. */
  without(addresses: readonly Uint8Array[]): Tree | null {
    const nodes = new Map(this.nodes)
    let changed = false
    for (const address of addresses) {
      const way = wayOf(address)
      const at = coverIn(nodes, way)
      if (at === null) continue
      changed = true
      let node = nodes.get(at) as Buffer
      nodes.delete(at)
      for (let step = at.length; step < depth; step++) {
        const taken = digits.indexOf(way[step] as string)
        for (let digit = 0; digit < 16; digit++)
          if (digit !== taken) nodes.set(way.slice(0, step) + digits[digit], child(node, digit))
        node = child(node, taken)
      }
    }
    return changed ? new Tree(nodes) : null
  }
}

const wayOf = (address: Uint8Array): string => Buffer.from(address.subarray(0, depth / 2)).toString("hex")

function coverIn(nodes: Nodes, way: string): string | null {
  for (let length = 0; length <= depth; length++)
    if (nodes.has(way.slice(0, length))) return way.slice(0, length)
  return null
}

function descend(from: Buffer, step: number, way: string): Buffer {
  let node = from
  for (let at = step; at < way.length; at++) node = child(node, digits.indexOf(way[at] as string))
  return node
}

const newTree = (): Tree => new Tree(new Map([["", randomBytes(32)]]))

/** Keys that live as long as this process: for tests and benches, whose databases do not outlive it either. */
export function keysInMemory(): ValueKeys {
  let tree = newTree()
  return {
    leaf: (address) => tree.leaf(address),
    destroy: async (addresses) => {
      tree = tree.without(addresses) ?? tree
    },
    refresh: async () => {},
  }
}

export const valueKeyFile = (home: string): string => path.join(home, "keys", "values")

const refreshEveryMs = 2_000

/**
 * The keys in their file, which is made at the first start. `needed` tells whether the database holds values that
 * were encrypted with a file that is gone: then no new one is made in its place, for that would hide the loss.
 */
export async function openValueKeys(file: string, needed: () => Promise<boolean>): Promise<ValueKeys> {
  let text = await readOrNull(file)
  if (text === null) {
    if (await needed())
      throw new Error(
        `${file} is missing: the database holds values that only its keys open. Put it back from its own backup.`,
      )
    await createOnce(file, format(newTree().nodes))
    text = await readFile(file, "utf8")
  }
  let tree = new Tree(parse(text))
  let seen = (await stat(file)).mtimeMs
  let looked = performance.now()

  async function reload(): Promise<void> {
    seen = (await stat(file)).mtimeMs
    const read = async () => new Tree(parse(await readFile(file, "utf8")))
    // Opened just before another process put a new file in place, the old one reads as blanks.
    tree = await read().catch(read)
  }

  return {
    leaf: (address) => tree.leaf(address),
    async destroy(addresses) {
      await reload()
      const left = tree.without(addresses)
      if (left === null) return
      // Held open while the new file takes its place, to blank what the old one had: the best that a file allows.
      const old = await open(file, "r+")
      try {
        const { size } = await old.stat()
        await writeDurably(file, format(left.nodes), 0o600)
        await old.write(Buffer.alloc(size), 0, size, 0)
        await old.sync()
      } finally {
        await old.close()
      }
      await reload()
    },
    async refresh() {
      if (performance.now() - looked < refreshEveryMs) return
      looked = performance.now()
      if ((await stat(file)).mtimeMs !== seen) await reload()
    },
  }
}

function format(nodes: Nodes): string {
  const lines = [...nodes].map(([way, node]) => `${way || "-"} ${node.toString("hex")}`).sort()
  return `${[firstLine, ...lines].join("\n")}\n`
}

function parse(text: string): Nodes {
  const [head, ...lines] = text.split("\n")
  if (head !== firstLine || lines.pop() !== "") throw new Error("the file of value keys is damaged")
  return new Map(
    lines.map((line) => {
      const found = /^(-|[0-9a-f]{1,8}) ([0-9a-f]{64})$/.exec(line)
      if (!found) throw new Error("the file of value keys is damaged")
      return [found[1] === "-" ? "" : (found[1] as string), Buffer.from(found[2] as string, "hex")]
    }),
  )
}

/** Two processes that start at once make one file: the second finds the first one's. */
async function createOnce(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const own = `${file}.${randomBytes(6).toString("hex")}.new`
  await writeDurably(own, content, 0o600)
  try {
    await link(own, file)
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  } finally {
    await unlink(own)
  }
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}
