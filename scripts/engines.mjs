import { readFileSync } from 'node:fs'
import satisfies from 'semver/functions/satisfies.js'

/** Packages of the lock file whose `engines.node` does not allow `version`: `name version wants range`. */
export function enginesThatRefuse(lockFile, version) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'))
  return Object.entries(packages)
    .filter(([, { engines }]) => engines?.node !== undefined && !satisfies(version, engines.node))
    .map(
      ([name, entry]) =>
        `${name.replace(/^.*node_modules\//, '')} ${entry.version} wants Node ${entry.engines.node}`,
    )
}
