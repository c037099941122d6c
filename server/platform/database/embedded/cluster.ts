import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { canEnter, type Owner } from './owner.ts'

/** The major version of the programs that we ship: data of another one cannot be opened by them. */
const MAJOR = '18'

const run = promisify(execFile)

/**
 * Finds or makes PostgreSQL's data folder for `dataDir`, owned by `owner`, mode 0700.
 * Normally `dataDir/postgres`. When the dropped user cannot enter `dataDir` (root's home is 0700), the data lies in
 * `/var/lib/otklik/…` and `dataDir/postgres` is a link to it.
 * @returns its real path
 */
export async function prepareCluster(
  dataDir: string,
  binaries: Binaries,
  owner: Owner | undefined,
): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: owner === undefined ? 0o700 : 0o711 })
  const place = path.join(dataDir, 'postgres')
  if (!(await exists(place))) await createCluster(await homeFor(dataDir, owner), place, binaries, owner)
  const cluster = await realpath(place)
  await refuseForeign(cluster)
  return cluster
}

async function homeFor(dataDir: string, owner: Owner | undefined): Promise<string> {
  const real = await realpath(dataDir)
  if (canEnter(real, owner)) return real
  const home = path.join('/var/lib/otklik', createHash('sha256').update(real).digest('hex').slice(0, 16))
  await mkdir(home, { recursive: true, mode: 0o711 })
  return home
}

async function createCluster(
  home: string,
  place: string,
  binaries: Binaries,
  owner: Owner | undefined,
): Promise<void> {
  const cluster = path.join(home, 'postgres')
  if (!(await exists(cluster))) {
    // A crash in the middle must not leave a folder that looks finished.
    const partial = path.join(home, 'postgres.new')
    await rm(partial, { recursive: true, force: true })
    await mkdir(partial, { mode: 0o700 })
    if (owner !== undefined) await chown(partial, owner.ids.uid, owner.ids.gid)
    await initialise(partial, binaries, owner)
    await rename(partial, cluster)
  }
  if (cluster !== place && !(await exists(place))) await symlink(cluster, place)
}

// Everyone who reaches the socket is trusted: it lies in a folder that only the owner may enter. The built-in C.UTF-8 sorts the same
// on every machine; names are sorted with an explicit collation.
async function initialise(cluster: string, binaries: Binaries, owner: Owner | undefined): Promise<void> {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const flags = [
    '-D',
    cluster,
    '-U',
    'postgres',
    '--auth=trust',
    '--data-checksums',
    '--no-instructions',
    ...locale,
  ]
  await run(binaries.initdb, flags, { ...owner?.ids, cwd: '/' })
}

async function refuseForeign(cluster: string): Promise<void> {
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
  if (version === MAJOR) return
  if (version === undefined)
    throw new Error(
      `${cluster} is not a PostgreSQL data folder: move it away, or set OTKLIK_DATA to another folder.`,
    )
  throw new Error(
    `${cluster} was made by PostgreSQL ${version}; this version of Otklik brings PostgreSQL ${MAJOR}. ` +
      'Back up with the version that made it (npm run backup) and restore with this one.',
  )
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}
