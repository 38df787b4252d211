import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
} from "node:crypto"
import type { Sql } from "postgres"
import { must } from "#contracts/assert.ts"
import type { Id } from "#contracts/ids.ts"
import { keysInMemory, type ValueKeys } from "./value-keys.ts"

/**
 * A party's own secrets: one blinds its thread keys, one has its part in encrypting the confidential values it
 * owns. `valueKey` is the key of the values under a nonce, of both the party's secret and a leaf of the value keys
 * (value-keys.ts); null when that leaf was destroyed.
 */
export type PartyKeys = {
  blinding: KeyObject
  data: KeyObject
  valueKey(nonce: Uint8Array): KeyObject | null
}

/** Keeps parties' keys, wrapped by the master key in the database and open only in memory. */
export type KeyRing = {
  /** Loads what is not in memory yet; makes keys for parties that have none. */
  load(parties: Iterable<Id<"party">>): Promise<void>
  /** Only after `load`. */
  of(party: Id<"party">): PartyKeys
  /** Makes what was encrypted under these nonces unreadable for good, here and in every backup of the database. */
  destroy(nonces: readonly Uint8Array[]): Promise<void>
}

/** Holds a key for as long as it is handed to OpenSSL. */
const digest = Buffer.alloc(32)

export function makeKeyRing(sql: Sql, masterKey: Uint8Array, values: ValueKeys = keysInMemory()): KeyRing {
  const known = new Map<Id<"party">, PartyKeys>()

  async function load(parties: Iterable<Id<"party">>): Promise<void> {
    await values.refresh()
    const unknown = new Set<Id<"party">>()
    for (const party of parties) if (!known.has(party)) unknown.add(party)
    if (unknown.size === 0) return
    const missing = [...unknown].sort()
    const read = () =>
      sql<{ party: Id<"party">; blinding: Uint8Array; data: Uint8Array }[]>`
        select party, blinding, data from party_keys where party = any(${missing})`
    let rows = await read()
    if (rows.length < missing.length) {
      const found = new Set(rows.map((row) => row.party))
      for (const party of missing.filter((id) => !found.has(id))) {
        await sql`insert into party_keys (party, blinding, data)
          values (${party}, ${wrap(masterKey, randomBytes(32), `${party}:blinding`)},
            ${wrap(masterKey, randomBytes(32), `${party}:data`)})
          on conflict do nothing`
      }
      rows = await read()
    }
    for (const row of rows) {
      const both = Buffer.alloc(64)
      const data = unwrap(masterKey, row.data, `${row.party}:data`)
      data.copy(both, 32)
      known.set(row.party, {
        blinding: createSecretKey(unwrap(masterKey, row.blinding, `${row.party}:blinding`)),
        data: createSecretKey(data),
        valueKey: (nonce) => {
          const leaf = values.leaf(nonce)
          if (leaf === null) return null
          leaf.copy(both)
          digest.write(hash("sha256", both, "binary"), "latin1")
          // A key as bytes costs three times this: Node finds out what it is by exceptions (24.21).
          return createSecretKey(digest)
        },
      })
    }
  }

  return {
    load,
    of: (party) => must(known.get(party), `keys of ${party}`),
    destroy: (nonces) => values.destroy(nonces),
  }
}

/** AES-256-GCM: nonce (12) ‖ ciphertext ‖ tag (16), bound to what the key is for. */
export function wrap(masterKey: Uint8Array, key: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", masterKey, nonce).setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

export function unwrap(masterKey: Uint8Array, wrapped: Uint8Array, context: string): Buffer {
  const nonce = wrapped.subarray(0, 12)
  const tag = wrapped.subarray(-16)
  const cipher = createDecipheriv("aes-256-gcm", masterKey, nonce)
    .setAAD(Buffer.from(context))
    .setAuthTag(tag)
  return Buffer.concat([cipher.update(wrapped.subarray(12, -16)), cipher.final()])
}
