import type { Locale } from "#contracts/localized-text.ts"
import type { Time } from "#contracts/time.ts"

/**
 * A printed document as data: who makes one says what stands in it, in one language, and knows nothing of points
 * and pages. Certificates and statements are such documents.
 */
export type PrintedDocument = {
  readonly locale: Locale
  readonly title: string
  /** Stands under the title and, with the page's number, at the foot of each page. */
  readonly number: string
  /** Who issues it, at the foot of each page. */
  readonly issuer: string
  /** The one sentence that says what this is about. */
  readonly lead: string
  readonly sections: readonly DocumentSection[]
  /** Where the reader of the paper finds the thing itself. */
  readonly link: DocumentLink
  /** What the document is not; last and small. */
  readonly note: string
  /** The document's own time: no clock is read, so the same document gives the same bytes. */
  readonly time: Time
  readonly attachment: DocumentAttachment | null
}

export type DocumentSection = {
  readonly title: string | null
  /** A quiet sentence before the rows. */
  readonly lead?: string
  readonly rows: readonly DocumentRow[]
}

export type DocumentRow = {
  readonly term: string
  readonly value: string
  /** `code` is for hashes and names that are compared letter by letter; `amount` stands to the right. */
  readonly look?: "text" | "code" | "amount" | "total"
  /** A second, quieter line. */
  readonly note?: string
}

export type DocumentLink = {
  readonly url: string
  readonly title: string
  /** What to do, each step a sentence; those marked as code are commands. */
  readonly steps: readonly { readonly text: string; readonly code?: boolean }[]
}

/** A file inside the PDF, for programs. */
export type DocumentAttachment = {
  readonly name: string
  readonly mediaType: string
  readonly description: string
  readonly bytes: Uint8Array
}
