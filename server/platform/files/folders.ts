import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import path from 'node:path'

/** Where a file stands: staged until a committed row refers to it, kept from then on. */
export interface Folders {
  staged(id: string): string
  /** Spread over 256 folders by the random end of the id: a folder with a million entries is slow to list. */
  kept(id: string): string
  /** Moves a staged file among the kept; one that has been moved already stays. */
  settle(id: string): Promise<void>
  /** The way back, before the row that refers to it is deleted. */
  unsettle(id: string): Promise<void>
  /** Where a file is written anew before it takes its old place. */
  anew(id: string): string
  /** Removes a file wherever it stands. */
  remove(id: string): Promise<void>
  /** Ids of staged files that were last written before an instant. */
  stagedBefore(instant: Date): Promise<string[]>
  /** Makes new names in the staging folder survive a power cut. */
  syncStaging(): Promise<void>
}

/** Makes the folders if they are not there. */
export async function openFolders(root: string): Promise<Folders> {
  const staging = path.join(root, 'staged')
  await mkdir(staging, { recursive: true, mode: 0o700 })
  await mkdir(path.join(root, 'anew'), { recursive: true, mode: 0o700 })
  const staged = (id: string) => path.join(staging, id)
  const kept = (id: string) => path.join(root, 'kept', id.slice(-2), id)
  return {
    staged,
    kept,
    async settle(id) {
      await mkdir(path.dirname(kept(id)), { recursive: true, mode: 0o700 })
      await rename(staged(id), kept(id)).catch(unlessAbsent)
    },
    unsettle: (id) => rename(kept(id), staged(id)).catch(unlessAbsent),
    anew: (id) => path.join(root, 'anew', id),
    async remove(id) {
      await unlink(staged(id)).catch(unlessAbsent)
      await unlink(kept(id)).catch(unlessAbsent)
    },
    async stagedBefore(instant) {
      const ids = await readdir(staging)
      const old = await Promise.all(
        ids.map(async (id) => {
          const found = await stat(staged(id)).catch(unlessAbsent)
          return found !== undefined && found.mtime < instant
        }),
      )
      return ids.filter((_, index) => old[index])
    },
    async syncStaging() {
      // Windows cannot open folders; its file systems journal names by themselves.
      if (process.platform === 'win32') return
      const handle = await open(staging, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
  }
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
