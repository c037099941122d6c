import type { LineRole } from '../../../contracts/lines.ts'
import type { By, OperatorEdge } from '../../operator/edge/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Subscriber } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import type { My } from './my.ts'
import { type WrittenLine, writeLine } from './write-line.ts'

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
): Promise<WrittenLine> {
  const id = lineId ?? (await firstLine(db, edge, actor))
  const { partyId } = actor
  const read = found(partyId === null ? undefined : await edge.readLineFor(db, id, partyId), 'line')
  return presentLine(read, read.role)
}

async function firstLine(db: Executor, edge: OperatorEdge, { partyId }: Subscriber): Promise<string> {
  const [first] = partyId === null ? [] : await edge.linesOfParty(db, partyId)
  return found(first, 'line').id
}

/** A line as somebody with this role may see it: who is only trusted sees the balance. */
export function presentLine({ value, asOf }: Read, role: LineRole): WrittenLine {
  if (role !== 'trusted') return writeLine(value, role, asOf)
  return writeLine({ ...value, buckets: [], coming: [], moneyEndsAt: null, promised: null }, role, asOf)
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
