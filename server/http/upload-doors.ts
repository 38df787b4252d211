import { isId } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { uploadOffset } from "../datasets/upload-range.ts"
import { readUpload, sendUpload } from "../datasets/uploads.ts"
import { answerJson, type Door } from "./door.ts"

/**
 * The bytes of an upload that was opened before (`products.open`), streamed to storage. The answer says how far it
 * is: 200 with the version when the file is whole, 202 with `receivedBytes` when more is to come, which is sent
 * with `Content-Range: bytes <receivedBytes>-…/<total>`.
 */
const putUpload: Door = {
  method: "PUT",
  pattern: /^\/api\/uploads\/(?<upload>[^/]+)$/,
  async open(call) {
    const { services, request, response, parts } = call
    const { upload: id } = parts
    if (!isId("upload", id)) return refuse("not_found", "upload")
    const actor = await call.actor()
    const opened = await readUpload(services, actor, id)
    if (isRefusal(opened)) return opened
    const offset = uploadOffset(request.headers["content-range"], opened.totalBytes)
    if (isRefusal(offset)) return offset
    const upload = await sendUpload(services, actor, id, offset, request)
    if (isRefusal(upload)) return upload
    const { state, receivedBytes, totalBytes, version } = upload
    answerJson(response, state === "open" ? 202 : 200, { id, state, receivedBytes, totalBytes, version })
    return undefined
  },
}

export const uploadDoors: readonly Door[] = [putUpload]
