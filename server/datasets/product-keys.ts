import { randomBytes } from "node:crypto"
import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import { unwrap, wrap } from "../commit/key-ring.ts"

/**
 * The keys that seal data products' files: 32 random bytes each, in the database only wrapped by the master key
 * and bound to the product's id. Erasing the wrapped key makes the product's files unreadable, those in backups of the files too;
 * therefore an opened key is never kept.
 */
const contextOf = (product: Id<"product">) => `product:${product}`

/** The product's key; made when it has none yet. Null when it was erased: an erased product gets no new key. */
export async function productKeyFor(
  sql: Sql,
  masterKey: Uint8Array,
  product: Id<"product">,
): Promise<Uint8Array | null> {
  await sql`insert into product_keys (product, wrapped)
    values (${product}, ${wrap(masterKey, randomBytes(32), contextOf(product))}) on conflict do nothing`
  return openProductKey(sql, masterKey, product)
}

/** Null when there is none, or it was erased. Throws when it was not wrapped for this product by this master key. */
export async function openProductKey(
  sql: Sql,
  masterKey: Uint8Array,
  product: Id<"product">,
): Promise<Uint8Array | null> {
  const [row] = await sql<{ wrapped: Uint8Array | null }[]>`
    select wrapped from product_keys where product = ${product}`
  if (!row?.wrapped) return null
  return unwrap(masterKey, row.wrapped, contextOf(product))
}

/** Makes all files of the product unreadable for ever. */
export async function eraseProductKey(sql: Sql, product: Id<"product">): Promise<void> {
  await sql`update product_keys set wrapped = null, erased_at = now() where product = ${product}`
}
