import { open, rename } from 'node:fs/promises'
import type { Db } from '../database/index.ts'
import type { Vault } from '../vault/index.ts'
import type { Folders } from './folders.ts'
import { readHeader } from './read-sealed.ts'
import { headerOf, keyContext } from './sealed-form.ts'
import { idsUnderOtherKeys, setKey } from './store.ts'

const COPIED_BYTES = 256 * 1024

export interface ResealOptions {
  readonly vault: Vault
  readonly folders: Folders
  readonly limit: number
}

/** Seals the keys of up to `limit` files anew; their pieces stay as they are. Gives how many. */
export async function resealFiles(db: Db, { vault, folders, limit }: ResealOptions): Promise<number> {
  const ids = await idsUnderOtherKeys(db, vault.keyId, limit)
  for (const id of ids) {
    await folders.settle(id)
    await resealFile(vault, id, folders.kept(id), folders.anew(id))
    await setKey(db, id, vault.keyId)
  }
  return ids.length
}

// Copied and renamed, never changed in place: whatever is killed when, one whole file stands under the name.
async function resealFile(vault: Vault, id: string, path: string, anew: string): Promise<void> {
  const from = await open(path, 'r')
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
    await from.close()
    await to.close()
  }
  await rename(anew, path)
}
