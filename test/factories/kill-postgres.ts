import { expect } from 'vitest'
import type { Embedded } from '../../server/platform/database/index.ts'

/** Recovery reads and flushes files that were written lately: behind another program's gigabytes on the same disk that takes its time. */
const BACK_WITHIN_MS = 90_000

/** Kills PostgreSQL as a lack of memory would, and waits until it has been started again. */
export async function killPostgres(server: Embedded): Promise<void> {
  const killed = server.pid
  process.kill(killed, 'SIGKILL')
  await expect
    .poll(() => server.pid, {
      timeout: BACK_WITHIN_MS,
      message: `PostgreSQL ${killed} was killed and is not back`,
    })
    .not.toBe(killed)
}
