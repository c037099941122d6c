import path from 'node:path'
import type { Clock } from '../clock.ts'
import { afterCommit, type Executor } from '../database/index.ts'
import { newId } from '../identifiers.ts'
import { found, Refusal } from '../refusal.ts'
import type { Vault } from '../vault/index.ts'
import type { Content, FileContent, Files, Staged, StoredFile } from './files.ts'
import { openFolders } from './folders.ts'
import { imageSize } from './image-size.ts'
import { judgeMediaType } from './media-type.ts'
import { openFirst, readSealed } from './read-sealed.ts'
import { resealFiles } from './reseal-files.ts'
import { changeOwners, findFile, ownContent } from './store.ts'
import { sweepFiles } from './sweep-files.ts'
import { writeSealed } from './write-sealed.ts'

export interface LocalFilesOptions {
  /** Files stand in its folder `files`. */
  readonly dataDir: string
  readonly vault: Vault
  readonly clock: Clock
  /** How long a staged file may wait to be kept; default an hour. */
  readonly graceMs?: number
  /** Told when a kept file could not be moved from the staging folder (it is read from there and moved by the next sweep), or has no bytes any more. */
  readonly onError?: (error: unknown) => void
}

const GRACE_MS = 3_600_000

/** Files of one node, in a local folder. */
export async function openLocalFiles(options: LocalFilesOptions): Promise<Files> {
  const { vault, clock, graceMs = GRACE_MS, onError = () => undefined } = options
  const folders = await openFolders(path.join(path.resolve(options.dataDir), 'files'))
  // Once more where it belongs: it may have been moved there between the first look and the second.
  const pathsOf = (id: string) => [folders.kept(id), folders.staged(id), folders.kept(id)]

  async function stage(
    content: Content,
    { maxBytes } = { maxBytes: Number.POSITIVE_INFINITY },
  ): Promise<Staged> {
    const id = newId(clock)
    const written = await writeSealed(content, { vault, id, path: folders.staged(id), maxBytes })
    await folders.syncStaging()
    const { bytes, contentHash, head } = written
    return {
      id,
      bytes,
      mediaType: await judgeMediaType(head),
      ...imageSize(head),
      contentHash,
      keyId: vault.keyId,
    }
  }

  async function keep(tx: Executor, staged: Staged): Promise<StoredFile> {
    const { contentHash, keyId, ...file } = staged
    const id = await ownContent(tx, staged, clock.now())
    afterCommit(tx, () => {
      // A twin of an older file is of no use; the older one is already in its place.
      const done = id === staged.id ? folders.settle(id) : folders.remove(staged.id)
      done.catch(onError)
    })
    return { ...file, id }
  }

  async function read(db: Executor, id: string): Promise<FileContent> {
    const file = found(await findFile(db, id), 'file')
    const whole = { first: 0, last: file.bytes - 1 }
    const stream: FileContent['stream'] = async (range = whole) =>
      readSealed(vault, { ...file, handle: await openFirst(pathsOf(id)) }, range)
    return { ...file, stream, all: async () => Buffer.concat(await (await stream()).toArray()) }
  }

  const owned = async (tx: Executor, id: string, by: 1 | -1) => {
    if (!(await changeOwners(tx, id, by))) throw new Refusal('not_found', { what: 'file' })
  }

  return {
    stage,
    keep,
    put: async (tx, content) => keep(tx, await stage(content)),
    share: (tx, id) => owned(tx, id, 1),
    release: (tx, id) => owned(tx, id, -1),
    read,
    sweepUnowned: (db) => sweepFiles(db, folders, new Date(clock.now().getTime() - graceMs)),
    reseal: (db, limit) => resealFiles(db, { vault, folders, limit, onError }),
  }
}
