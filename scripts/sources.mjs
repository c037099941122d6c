import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const FOLDERS = ['bench', 'contracts', 'messages', 'server', 'web', 'world']
const FILES = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
  'scripts/sources.mjs',
]

/** Files that the build reads, relative to `root`, sorted; tests are not among them. */
export function sourceFiles(root) {
  const inFolders = FOLDERS.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
  )
  const isSource = (file) => !/\.test\.tsx?$|(^|\/)node_modules\//.test(file)
  return [...FILES.filter((file) => existsSync(path.join(root, file))), ...inFolders].filter(isSource).sort()
}

/** A digest of names and contents: the same stamp means that a build would give the same. */
export function stampOf(root) {
  const hash = createHash('sha256')
  for (const file of sourceFiles(root))
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  return hash.digest('hex')
}
