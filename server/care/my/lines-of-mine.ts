import { Line, type LineRole } from '../../../contracts/lines.ts'
import {
  type Aged,
  type By,
  type LineAtHand,
  type LineView,
  type OperatorEdge,
  writeLine,
} from '../../operator/edge/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Subscriber, Written } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import type { My } from './my.ts'

type Deps = Pick<My, 'edge'>

const Seen = Line.omit({ role: true, asOf: true })

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

/**
 * The first screen: a line at a glance; without an id the person's first one. Refuses with `not_found`, `unavailable`.
 * @param atHand what was read of that line already, whoever its people are
 */
export async function readHome(
  db: Executor,
  { edge }: Deps,
  actor: Subscriber,
  lineId: string | undefined,
  atHand: LineAtHand | undefined,
): Promise<Written<Line>> {
  const { partyId } = actor
  const mine = atHand?.people.find((one) => one.partyId === partyId)
  if (atHand && mine) return home(atHand, mine.role)
  const id = lineId ?? (await firstLine(db, edge, actor))
  const read = found(partyId === null ? undefined : await edge.readLineFor(db, id, partyId), 'line')
  return home(read, read.role)
}

function home({ value, asOf }: Aged<Written<LineView>>, role: LineRole): Written<Line> {
  if (role !== 'trusted') return dated(value, role, asOf)
  return presentLine({ value: Seen.parse(JSON.parse(value.json)), asOf }, role)
}

async function firstLine(db: Executor, edge: OperatorEdge, { partyId }: Subscriber): Promise<string> {
  const [first] = partyId === null ? [] : await edge.linesOfParty(db, partyId)
  return found(first, 'line').id
}

/** A line as somebody with this role may see it: who is only trusted sees the balance. */
export function presentLine({ value, asOf }: Aged<LineView>, role: LineRole): Written<Line> {
  const seen =
    role === 'trusted' ? { ...value, buckets: [], coming: [], moneyEndsAt: null, promised: null } : value
  return dated(writeLine(seen), role, asOf)
}

const dated = (line: Written<LineView>, role: LineRole, asOf: Date): Written<Line> =>
  line.with(`"role":"${role}","asOf":"${asOf.toISOString()}"`)

/** Who asks for something to be done to a line, when they are signed in to My (level 4); without a role on it they are none of its people yet. */
export function byOf(
  { clock }: Pick<My, 'clock'>,
  { id, name, partyId, freshUntil }: Subscriber,
  lineRole: LineRole | null,
): By {
  const fresh = freshUntil !== null && freshUntil > clock.now()
  return { kind: 'subscriber', id, name, through: 'my', trust: 4, lineRole, partyId, fresh, roles: [] }
}
