import type { Locale } from "#contracts/localized-text.ts"
import { studio } from "../../../_lib/messages/studio.ts"
import type { UploadWords } from "./uploader.tsx"

/** The uploader's words; it runs in the browser, so what varies is left open in braces. */
export function uploadWords(locale: Locale): UploadWords {
  const t = studio[locale]
  return {
    choose: t.choose,
    formats: t.formats,
    uploading: t.uploading("{name}"),
    of: t.progress("{sent}", "{total}"),
    cancel: t.cancel,
    cancelling: t.cancelling,
    broken: t.broken,
    resume: t.resume,
    retrying: t.retrying,
    other: t.otherFile,
  }
}
