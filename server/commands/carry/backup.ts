import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { copyFiles } from './copy-files.ts'
import { leaveUnsent, type Unsent } from './leave-unsent.ts'
import { loadInto } from './load.ts'
import { filesFolder, type Manifest, manifestFile, readManifest, rowsFile } from './manifest.ts'
import { openSnapshot } from './snapshot.ts'

/** Where an installation keeps what a backup carries. */
export interface Place {
  connectionString: string
  /** Folder of stored files (they are encrypted: without the key nobody reads them). */
  files: string
}

export interface Carried {
  tables: number
  rows: number
  files: number
}

/**
 * Writes all of an installation's data into a new folder while it goes on working.
 * @throws if the folder holds anything
 */
export async function backUp({ connectionString, files }: Place, dir: string): Promise<Carried> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length > 0)
    throw new Error(`${dir} is not empty: give a new folder for each backup.`)
  await mkdir(path.join(dir, 'rows'), { mode: 0o700 })
  const snapshot = await openSnapshot(connectionString)
  try {
    for (const [index, table] of snapshot.manifest.tables.entries()) {
      await pipeline(
        snapshot.read(table),
        createGzip({ level: 1 }),
        createWriteStream(rowsFile(dir, index), { mode: 0o600, flush: true }),
      )
    }
    const copied = await copyFiles(files, filesFolder(dir))
    await writeManifest(dir, snapshot.manifest)
    return summary(snapshot.manifest, copied)
  } finally {
    await snapshot.close()
  }
}

export interface Restored extends Carried {
  unsent: Unsent
}

/**
 * Fills an empty installation from a backup. Nothing that waited to be sent then is sent again by itself.
 * @throws if the backup is not whole, or the target holds anything
 */
export async function restore(
  dir: string,
  { connectionString, files }: Place,
  migrations: string,
): Promise<Restored> {
  const manifest = await readManifest(dir)
  const present = await readdir(files, { recursive: true, withFileTypes: true }).catch(() => [])
  if (present.some((entry) => entry.isFile()))
    throw new Error(`${files} already holds files: nothing was changed. Give an empty OTKLIK_DATA.`)
  let unsent: Unsent = { unconfirmed: 0, drafts: 0 }
  await loadInto(connectionString, manifest, {
    migrations,
    read: (_, index) => rowsOf(dir, index),
    settle: async (client) => {
      unsent = await leaveUnsent(client)
    },
  })
  return { ...summary(manifest, await copyFiles(filesFolder(dir), files)), unsent }
}

function rowsOf(dir: string, index: number): Readable {
  const file = createReadStream(rowsFile(dir, index))
  const rows = createGunzip()
  file.on('error', (error) => rows.destroy(error))
  return file.pipe(rows)
}

async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  const partial = `${manifestFile(dir)}.partial`
  const handle = await open(partial, 'w', 0o600)
  await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
  await handle.sync()
  await handle.close()
  await rename(partial, manifestFile(dir))
}

function summary({ tables }: Manifest, files: number): Carried {
  return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), files }
}
