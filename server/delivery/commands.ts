import type { Actor } from "#contracts/actor.ts"
import { must } from "#contracts/assert.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { withVersionFile } from "../datasets/versions.ts"
import type { Services } from "../services.ts"
import type { SealedFile } from "../storage/sealed-file.ts"
import { loadScene } from "../trades/store.ts"
import { readToken } from "./links.ts"
import { type ByteRange, type DeliveredFile, isSame, parseRange } from "./range.ts"
import { countFetch, type Fetcher, refuseFetch, resumesFetch } from "./rules.ts"
import { isMember, loadFiles, loadTradeOfGrant } from "./store.ts"

type Needs = Pick<Services, "sql" | "files" | "config" | "writer" | "newId">

/** A request for a granted file, with the headers that RFC 9110 gives a meaning. */
export type FileRequest = {
  grant: Id<"grant">
  name: string
  range?: string | undefined
  ifRange?: string | undefined
  ifNoneMatch?: string | undefined
  /** Only the head is asked for: nothing is counted, no byte leaves. */
  headOnly: boolean
}

/** Takes the opened file: the bytes of `range` leave as one answer. */
export type Send = (stored: SealedFile, file: DeliveredFile, range: ByteRange) => Promise<unknown>

/** Who fetches: the signed-in user of a buyer, or the holder of a link, as long as they act for the party. */
export async function fetcherOf(
  { sql, writer, config }: Needs,
  actor: () => Promise<Actor>,
  file: { grant: Id<"grant">; name: string },
  token: string | null,
): Promise<Fetcher | Refusal> {
  if (token === null) return permit(await actor(), "grant.fetch")
  const holder = readToken(token, file, writer.now(), config.authSecret)
  if (isRefusal(holder)) return holder
  return (await isMember(sql, holder)) ? holder : refuse("not_found")
}

/**
 * Lets a granted file out: the grant is the party's own, active, in its time and not used up, nothing is frozen.
 * The fetch is counted and certified before the first byte leaves. Answers the hash alone when the reader has
 * these very bytes (`If-None-Match`). Another party's grant is `not_found`.
 */
export async function fetchFile(
  services: Needs,
  by: Fetcher,
  request: FileRequest,
  send: Send,
): Promise<"sent" | { same: string } | Refusal> {
  const found = await loadGranted(services, by, request.grant)
  if (isRefusal(found)) return found
  const { scene, grant } = found
  const file = (await loadFiles(services.sql, grant.datasetVersion)).find(({ name }) => name === request.name)
  if (!file) return refuse("not_found", "file")
  const range = parseRange(request.range, request.ifRange, file)
  const refused = refuseFetch(scene, grant, isRefusal(range) ? 0 : range.start, services.writer.now())
  if (refused) return refused
  if (isSame(request.ifNoneMatch, file.sha256)) return { same: file.sha256 }
  if (isRefusal(range)) return range
  const { result } = await withVersionFile(services, grant.datasetVersion, async (stored, { sha256 }) => {
    if (sha256 !== file.sha256) throw new Error(`${grant.datasetVersion} has another file than its manifest`)
    const counted = request.headOnly ? null : await count(services, by, request.grant, range, file)
    if (isRefusal(counted)) return counted
    await send(stored, file, range)
    return "sent" as const
  })
  return result
}

/** A grant of the party's with its trade's scene. */
async function loadGranted({ sql }: Pick<Needs, "sql">, by: Fetcher, id: Id<"grant">) {
  const trade = await loadTradeOfGrant(sql, id)
  const scene = trade ? await loadScene(sql, trade) : null
  if (scene?.grant?.id !== id || scene.grant.buyer !== by.party) return refuse("not_found", "grant")
  return { scene, grant: scene.grant }
}

/** Writes the fetch, unless the request goes on with the one before. Each request is a command of its own. */
async function count(
  services: Needs,
  by: Fetcher,
  id: Id<"grant">,
  { start }: ByteRange,
  { sha256 }: DeliveredFile,
): Promise<Refusal | null> {
  const now = services.writer.now()
  const found = await loadGranted(services, by, id)
  if (isRefusal(found)) return found
  if (resumesFetch(found.grant, start, now)) return refuseFetch(found.scene, found.grant, start, now)
  const input = { grant: id, sha256, start }
  const answer = await services.writer.run(
    { giver: by.party, id: services.newId("command"), action: "grant.fetch", input },
    () => loadGranted(services, by, id),
    ({ scene }, at) => countFetch(scene, must(scene.grant, "grant of a scene"), { sha256, start }, by, at),
  )
  return isRefusal(answer) ? answer : null
}
