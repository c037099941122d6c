import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Does node_modules hold exactly what package-lock.json asks for? npm writes what it installed into node_modules/.package-lock.json.
 * Packages for other platforms may be missing, and in a packed release (without sources) those for development too.
 */
export function isInstalled(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'))
  const installed = packagesOf(path.join(root, 'node_modules/.package-lock.json'))
  if (wanted === undefined || installed === undefined) return false
  const isRelease = !existsSync(path.join(root, 'tsconfig.build.json'))
  const mayMiss = (entry) => entry.optional || entry.devOptional || entry.peer || (isRelease && entry.dev)
  const fits = ([name, entry]) =>
    installed[name] ? installed[name].version === entry.version : mayMiss(entry)
  return Object.entries(wanted)
    .filter(([name]) => name !== '')
    .every(fits)
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}
