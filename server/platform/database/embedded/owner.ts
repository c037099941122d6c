import { spawnSync } from 'node:child_process'

/** The unprivileged user that PostgreSQL runs as when we are root, which it refuses. */
export interface Owner {
  name: string
  ids: { uid: number; gid: number }
}

/**
 * The user to run PostgreSQL as: undefined unless we are root. A bare number would not do: PostgreSQL looks its own name up.
 * @throws if root has neither a `postgres` nor a `nobody` user
 */
export function findOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid && gid) return { name, ids: { uid, gid } }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". ' +
      'Start Otklik as an ordinary user, or set DATABASE_URL to use your own PostgreSQL.',
  )
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  const answer = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return answer.status === 0 ? Number(answer.stdout) : undefined
}

/** May `owner` (or we, without one) enter this folder, its parents included? */
export function canEnter(folder: string, owner: Owner | undefined): boolean {
  return spawnSync('sh', ['-c', 'cd "$1"', 'sh', folder], { ...owner?.ids, cwd: '/' }).status === 0
}
