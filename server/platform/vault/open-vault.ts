import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { KeyUnusable } from './key-unusable.ts'
import { parseKeys } from './keys.ts'
import { createVault, type Vault } from './vault.ts'

export interface VaultSource {
  /** Keys as configured: base64 of 32 bytes, several separated by commas, the first seals. Absent: the file. */
  readonly key?: string | undefined
  /** The folder of the file `key`, which is made at the first start. Backups leave it out. */
  readonly dataDir: string
}

/**
 * Opens the vault with the configured keys, or with the key file of the data directory.
 * @throws KeyUnusable when a key is malformed or the file may be read by others
 */
export async function openVault({ key, dataDir }: VaultSource): Promise<Vault> {
  if (key !== undefined) return createVault(parseKeys(key, 'OTKLIK_KEY'))
  const file = path.join(path.resolve(dataDir), 'key')
  const text = (await readKeyFile(file)) ?? (await makeKeyFile(file))
  return createVault(parseKeys(text, file))
}

async function readKeyFile(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(absent)
  if (found === undefined) return undefined
  // Windows keeps no such bits: there the folder's access list protects the file.
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new KeyUnusable(`${file} may be read by others than its owner. Mend it with: chmod 600 '${file}'`)
  }
  return readFile(file, 'utf8')
}

async function makeKeyFile(file: string): Promise<string> {
  const text = `${randomBytes(32).toString('base64')}\n`
  await mkdir(path.dirname(file), { recursive: true })
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined
    throw error
  })
  // Another process of this installation made it a moment ago.
  if (handle === undefined) return readFile(file, 'utf8')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await chmod(file, 0o600)
  return text
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
