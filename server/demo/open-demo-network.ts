import type { Otklik } from '../compose/index.ts'
import { issueToken } from '../integrations/tokens/index.ts'
import { inTransaction } from '../platform/database/index.ts'
import type { Log } from '../platform/telemetry/index.ts'
import type { RunningWorld } from './run-world.ts'

/** A token that was shown once is gone with the process that had it: each start gets its own, which does not outlive the week. */
const DAYS = 7
const ANSWER_MS = 5_000

/** Gives the world's network a token of its own and tells it where usage is taken, as whoever installs a mediation system would. */
export async function openDemoNetwork(
  { db, clock, url }: Otklik,
  world: RunningWorld,
  log: Log,
): Promise<void> {
  const by = { kind: 'system', name: 'demo' } as const
  const { value } = await inTransaction(db, (tx) =>
    issueToken(tx, clock, { name: 'Сеть «Волны»', scopes: ['usage'], days: DAYS, by }),
  )
  const answer = await fetch(`${world.url}/network/destination`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${world.tokens.network}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${url}/api/v1/usage`, token: value }),
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((error: unknown) => {
    log.error({ err: error }, 'the network reports no usage')
    return undefined
  })
  // A demo without usage is still a demo.
  if (answer?.ok === false) log.error({ status: answer.status }, 'the network reports no usage')
}
