import { notFound } from "next/navigation"

/** Any address that no page answers: the market's own "not found", inside its frame and with status 404. */
export default function Rest() {
  notFound()
}
