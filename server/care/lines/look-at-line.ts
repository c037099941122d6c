import type { LineRole } from '../../../contracts/lines.ts'
import type { By } from '../../operator/edge/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Service, Staff, Subscriber } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { byOf, requireLine } from '../my/index.ts'
import { holdersOfLine, readSubscriber } from '../subscribers/index.ts'
import type { LinesRoom } from './lines-room.ts'
import { requireSees, type Seen } from './policy.ts'

/** Who may look at lines and have something done to them. */
export type Looker = Subscriber | Staff | Service

/** Somebody who may look: a subscriber with their role on the line; staff and other systems without. */
export interface Standing {
  readonly role: LineRole | null
}

/**
 * Settles whether the caller may see this of a line. A subscriber needs a role on it that shows it; an agent must be allowed to open
 * a conversation of one of its people, which is recorded; lines of people whom we have not met are for supervisors.
 * Refuses with `not_found` (also for somebody else's line), `forbidden`, `need_to_know`.
 */
export async function requireLook(
  db: Executor,
  room: LinesRoom,
  actor: Looker,
  lineId: string,
  seen: Seen,
  address: string,
): Promise<Standing> {
  if (actor.kind === 'subscriber') {
    const role = await requireLine(db, room, actor, lineId)
    requireSees(role, seen)
    return { role }
  }
  if (!(await room.edge.findLine(db, lineId))) throw new Refusal('not_found', { what: 'line' })
  await requireKnown(db, room, actor, lineId, address)
  return { role: null }
}

/**
 * Passes who may open a conversation of somebody who owns or uses the line, and records whom they look at. Gives that person; undefined where
 * we have met none of them. Who is only trusted with it sees its balance, and lends nobody more. Refuses with `need_to_know`.
 */
export async function requireKnown(
  db: Executor,
  room: LinesRoom,
  actor: Staff | Service,
  lineId: string,
  address: string,
): Promise<string | undefined> {
  const people = await holdersOfLine(db, lineId)
  let refusal: unknown
  for (const subscriberId of people) {
    const { lanes } = await readSubscriber(db, subscriberId)
    try {
      await room.requireNeedToKnow(db, actor, lanes)
      await room.recordLook(db, { actor, subscriberId, contactPointId: lanes[0]?.laneId, address })
      return subscriberId
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'need_to_know') throw error
      refusal = error
    }
  }
  const mayAll = actor.kind === 'service' || actor.roles.includes('supervisor')
  if (people.length === 0 && mayAll) {
    // Nobody whom we have met: the look is at the line.
    await room.recordLook(db, { actor, contactPointId: lineId, address })
    return undefined
  }
  throw refusal ?? new Refusal('need_to_know')
}

/** Who asks for something to be done to a line, as the operator's edge knows them. */
export function byOfLooker(room: LinesRoom, actor: Looker, { role }: Standing): By {
  if (actor.kind === 'subscriber') {
    if (role === null) throw new Error('a subscriber stands to a line by a role')
    return byOf(room, actor, role)
  }
  const { id, name } = actor
  const known = { id, name, trust: 4, lineRole: null, fresh: true } as const
  if (actor.kind === 'service') return { ...known, kind: 'service', through: 'api', roles: [] }
  return { ...known, kind: 'agent', through: 'desk', roles: actor.roles }
}
