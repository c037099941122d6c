import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
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
  const manifest = await writeRows(connectionString, dir)
  // Behind the rows: whatever they speak of is there, unless it is not wanted any more.
  const copied = await copyFiles(files, filesFolder(dir))
  await writeManifest(dir, manifest)
  return summary(manifest, copied)
}

/** The view ends with the rows: as long as it stands, the database cannot clear away what has changed since. */
async function writeRows(connectionString: string, dir: string): Promise<Manifest> {
  const { manifest, read, close } = await openSnapshot(connectionString)
  try {
    for (const [index, table] of manifest.tables.entries()) {
      await pipeline(
        read(table),
        createGzip({ level: 1 }),
        createWriteStream(rowsFile(dir, index), { mode: 0o600, flush: true }),
      )
    }
    return manifest
  } finally {
    await close()
  }
}

export interface Restored extends Carried {
  unsent: Unsent
  /** Rows speak of so many files more than there were: erased while the backup was taken, or lost on its way. */
  missingFiles: number
}

/**
 * Fills an empty installation from a backup. Nothing that waited to be sent then is sent again by itself.
 * @throws if the backup is not whole, the target holds anything, or something has no room; what came of it is removed again then
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
  let copied = 0
  let unsent: Unsent = { unconfirmed: 0, drafts: 0, notices: 0 }
  try {
    await loadInto(connectionString, manifest, {
      migrations,
      read: (_, index) => rowsOf(dir, index),
      // Before the rows: a database that holds any cannot be filled once more.
      prepare: async () => {
        copied = await copyFiles(filesFolder(dir), files)
      },
      settle: async (client) => {
        unsent = await leaveUnsent(client)
      },
    })
  } catch (error) {
    await emptyFolder(files)
    throw error
  }
  const spokenOf = manifest.tables.find(({ name }) => name === 'platform.file')?.rows ?? 0
  return { ...summary(manifest, copied), unsent, missingFiles: Math.max(0, spokenOf - copied) }
}

/** The folder itself stays: it may be a disk of its own. */
async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    await rm(path.join(folder, name), { recursive: true })
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
