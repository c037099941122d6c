import { type FileHandle, open, rename } from 'node:fs/promises'
import { type Db, inTransaction } from '../database/index.ts'
import type { Vault } from '../vault/index.ts'
import type { Folders } from './folders.ts'
import { readHeader } from './read-sealed.ts'
import { headerOf, keyContext } from './sealed-form.ts'
import { idsUnderOtherKeys, lockFile, setKey } from './store.ts'

const COPIED_BYTES = 256 * 1024

export interface ResealOptions {
  readonly vault: Vault
  readonly folders: Folders
  readonly limit: number
  /** Told of files whose bytes are gone: there is nothing to seal anew. */
  readonly onError: (error: unknown) => void
}

/** Seals the keys of up to `limit` files anew; their pieces stay as they are. Gives how many. */
export async function resealFiles(db: Db, options: ResealOptions): Promise<number> {
  const { vault, limit } = options
  const ids = await idsUnderOtherKeys(db, vault.keyId, limit)
  for (const id of ids) {
    await inTransaction(db, async (tx) => {
      // Who sweeps it meanwhile waits, or has taken it: its bytes must not come back.
      if (!(await lockFile(tx, id))) return
      await resealKept(id, options)
      await setKey(tx, id, vault.keyId)
    })
  }
  return ids.length
}

// Copied and renamed, never changed in place: whatever is killed when, one whole file stands under the name.
async function resealKept(id: string, { vault, folders, onError }: ResealOptions): Promise<void> {
  await folders.settle(id)
  const from = await open(folders.kept(id), 'r').catch(absent)
  if (!from) return onError(new Error(`the bytes of file ${id} are gone`))
  try {
    await copyAnew(vault, id, from, folders.anew(id))
  } finally {
    await from.close()
  }
  await rename(folders.anew(id), folders.kept(id))
}

async function copyAnew(vault: Vault, id: string, from: FileHandle, anew: string): Promise<void> {
  const to = await open(anew, 'w', 0o600)
  try {
    const { sealedKey, start } = await readHeader(from, id)
    await to.write(headerOf(vault.reseal(sealedKey, keyContext(id))))
    const part = Buffer.alloc(COPIED_BYTES)
    for (let at = start; ; ) {
      const { bytesRead } = await from.read(part, 0, part.length, at)
      if (bytesRead === 0) break
      await to.write(part.subarray(0, bytesRead))
      at += bytesRead
    }
    await to.sync()
  } finally {
    await to.close()
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
