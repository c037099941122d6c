import { createHash } from 'node:crypto'
import { chown, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Owner } from './owner.ts'

/** sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const LONGEST_PATH = process.platform === 'darwin' ? 103 : 107

/**
 * The folder of the server's socket: its data folder, or, when that path is too long for a socket, a private one in the temporary folder.
 * @throws if somebody else has put something at that temporary place
 */
export async function socketFolder(cluster: string, owner: Owner | undefined): Promise<string> {
  if (fits(cluster)) return cluster
  const short = path.join(
    tmpdir(),
    `otklik-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`,
  )
  if (!fits(short))
    throw new Error(
      `The temporary folder ${tmpdir()} has too long a path for a socket: set TMPDIR to a shorter one.`,
    )
  await mkdir(short, { mode: 0o700 }).then(
    () => owner && chown(short, owner.ids.uid, owner.ids.gid),
    (error) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  const found = await lstat(short)
  const uid = owner?.ids.uid ?? process.getuid?.()
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new Error(
      `${short} belongs to somebody else, so the database's socket cannot lie there: remove it, or set OTKLIK_DATA to a shorter path.`,
    )
  }
  return short
}

function fits(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, '.s.PGSQL.5432')) <= LONGEST_PATH
}
