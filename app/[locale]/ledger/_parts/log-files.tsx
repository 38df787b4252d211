import { type Tile, tileOfSize, tilePath, tileWidth } from "#contracts/ledger/tiles.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { doors } from "../../../_lib/paths.ts"
import { linkLook } from "../../../_ui/link.tsx"
import { Panel } from "../../../_ui/panel.tsx"

/** The published files that hold a record's hash and its bytes. */
export function LogFiles({ index, size, locale }: { index: number; size: number; locale: Locale }) {
  const t = explorer[locale]
  const place = Math.floor(index / tileWidth)
  const files: [string, Tile | null][] = [
    [t.hashTile, tileOfSize(0, place, size)],
    [t.entryTile, tileOfSize("entries", place, size)],
  ]
  return (
    <Panel title={t.logFiles}>
      <ul className="grid gap-1.5">
        {files.map(([name, tile]) =>
          tile === null ? null : (
            <li key={name}>
              <a className={linkLook} href={doors.tile(tilePath(tile))} download>
                {name}
              </a>{" "}
              <code className="font-mono text-small wrap-anywhere text-ink-faint">{tilePath(tile)}</code>
            </li>
          ),
        )}
      </ul>
      <p className="mt-2 text-small text-ink-faint">{t.logFilesLead}</p>
    </Panel>
  )
}
