import type { z } from 'zod'
import type { Line, LineRole } from '../../../contracts/lines.ts'
import type { By, OperatorEdge } from '../../operator/edge/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Subscriber } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import type { My } from './my.ts'

type Deps = Pick<My, 'edge'>
type Read = NonNullable<Awaited<ReturnType<OperatorEdge['readLine']>>>

/** The person's role on a line now. Refuses with `not_found`: a line of somebody else is no line. */
export async function requireLine(
  db: Executor,
  { edge }: Deps,
  actor: Subscriber,
  lineId: string,
): Promise<LineRole> {
  const line = await edge.findLine(db, lineId)
  const mine = line?.people.find(({ partyId }) => partyId === actor.partyId)
  return found(mine, 'line').role
}

/** The first screen: a line at a glance; without an id the person's first one. Refuses with `not_found`, `unavailable`. */
export async function readHome(
  db: Executor,
  { edge }: Deps,
  actor: Subscriber,
  lineId: string | undefined,
): Promise<z.input<typeof Line>> {
  const id = lineId ?? (await firstLine(db, edge, actor))
  // Side by side: the right to it is settled before anything is told.
  const [role, read] = await Promise.all([requireLine(db, { edge }, actor, id), edge.readLine(db, id)])
  return presentLine(found(read, 'line'), role)
}

async function firstLine(db: Executor, edge: OperatorEdge, { partyId }: Subscriber): Promise<string> {
  const [first] = partyId === null ? [] : await edge.linesOfParty(db, partyId)
  return found(first, 'line').id
}

/** A line as somebody with this role may see it: who is only trusted sees the balance. */
export function presentLine({ value, asOf }: Read, role: LineRole): z.input<typeof Line> {
  const seen = { ...value, role, asOf: asOf.toISOString() }
  if (role !== 'trusted') return seen
  return { ...seen, buckets: [], coming: [], moneyEndsAt: null, promised: null }
}

/** Who asks for something to be done to a line, when they are signed in to My (level 4). */
export function byOf(
  { clock }: Pick<My, 'clock'>,
  { id, name, freshUntil }: Subscriber,
  lineRole: LineRole,
): By {
  const fresh = freshUntil !== null && freshUntil > clock.now()
  return { kind: 'subscriber', id, name, through: 'my', trust: 4, lineRole, fresh, roles: [] }
}
