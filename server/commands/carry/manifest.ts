import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const Table = z.object({
  /** Quoted, with its schema. */
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int().nonnegative(),
})

const Sequence = z.object({ name: z.string(), value: z.string(), called: z.boolean() })

/** What a backup holds. Written last: a folder without it is not a whole backup. */
export const Manifest = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  /** Names of the migrations that the data was written under, in order. */
  migrations: z.array(z.string()),
  /** In an order in which every row finds those it refers to. */
  tables: z.array(Table),
  sequences: z.array(Sequence),
})

export type Manifest = z.infer<typeof Manifest>
export type Table = z.infer<typeof Table>
export type Sequence = z.infer<typeof Sequence>

export const manifestFile = (dir: string) => path.join(dir, 'manifest.json')
export const filesFolder = (dir: string) => path.join(dir, 'files')

/** Where a table's rows lie: text as COPY writes it, compressed. */
export const rowsFile = (dir: string, index: number) =>
  path.join(dir, 'rows', `${String(index).padStart(4, '0')}.copy.gz`)

/** @throws if the folder holds no whole backup of a form that this version reads */
export async function readManifest(dir: string): Promise<Manifest> {
  const text = await readFile(manifestFile(dir), 'utf8').catch((cause) => {
    throw new Error(`${dir} holds no whole backup: manifest.json is missing.`, { cause })
  })
  await stat(filesFolder(dir)).catch((cause) => {
    throw new Error(`${dir} holds no whole backup: the folder files is missing.`, { cause })
  })
  return Manifest.parse(JSON.parse(text))
}
