import type { GivenFile } from "./protocol.ts"

/** Files of an <input>: with their paths when a folder was chosen. */
export const chosenFiles = (list: FileList): GivenFile[] =>
  [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }))

/** What was dropped, folders with everything in them. */
export async function droppedFiles(items: DataTransferItemList): Promise<GivenFile[]> {
  // The list is empty once the event is over, so everything is taken out of it first.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const found: GivenFile[] = []
  for (const entry of entries) await collect(entry, found)
  return found
}

async function collect(entry: FileSystemEntry, found: GivenFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    found.push({ path: entry.fullPath.replace(/^\//, ""), file })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  // A reader answers at most a hundred entries at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return
    for (const one of some) await collect(one, found)
  }
}

/** What to call it: the one file, or the folder that holds all. */
export const nameOf = (files: readonly GivenFile[]): string =>
  files.length === 1 ? (files[0]?.path ?? "") : (files[0]?.path.split("/")[0] ?? "")
