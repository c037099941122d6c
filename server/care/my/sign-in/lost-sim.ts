import type { LineIdentity } from '../../../operator/edge/index.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { My } from '../my.ts'

/**
 * Whether the SIM of a line is reported lost: what comes to the number is read by whoever found it, so a code that went there shows nothing.
 */
export async function isSimLost(
  db: Executor,
  { edge }: Pick<My, 'edge'>,
  { id, state }: LineIdentity,
): Promise<boolean> {
  return state === 'blocked' && (await edge.readLine(db, id))?.value.blockedFor === 'lost'
}
