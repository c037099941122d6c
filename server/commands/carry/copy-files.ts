import { copyFile, mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'

/**
 * Copies a folder of files that are written once under names of their own. Runs beside a working server: a file that moves on from
 * `staged` while we copy is found again under `kept`, which comes later; one that is deleted meanwhile is no longer wanted.
 * @returns how many files were copied
 */
export async function copyFiles(from: string, to: string): Promise<number> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  const entries = await readdir(from, { withFileTypes: true }).catch(unlessGone)
  let copied = 0
  for (const entry of (entries ?? []).sort(stagedFirst)) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) copied += await copyFiles(source, target)
    else if (entry.isFile())
      copied += await copyFile(source, target).then(
        () => 1,
        (error) => unlessGone(error) ?? 0,
      )
  }
  return copied
}

function stagedFirst(a: { name: string }, b: { name: string }): number {
  return Number(b.name === 'staged') - Number(a.name === 'staged') || a.name.localeCompare(b.name)
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
