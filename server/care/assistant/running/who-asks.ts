import type { LineRef } from '../../../../contracts/lines.ts'
import type { By } from '../../../operator/edge/index.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { describeContactPoints, partyOf, readPerson } from '../../subscribers/index.ts'
import type { AssistantRoom } from './room.ts'

type Trust = By['trust']

/** Who is at the other end of a lane, as sure as we are of it now. */
export interface Asker {
  readonly contactPointId: string
  readonly trust: Trust
  /** A code of the last minutes: it counts as being signed in. */
  readonly fresh: boolean
  /** Lines on which they are somebody, own ones first. Empty: nobody known. */
  readonly lines: readonly LineRef[]
}

const SIGNED_IN = 4

/** Finds out who asks. Nothing that was not proved counts, whoever they are linked to. */
export async function findAsker(
  db: Executor,
  { clock, edge }: Pick<AssistantRoom, 'clock' | 'edge'>,
  { contactPointId, freshUntil }: { readonly contactPointId: string; readonly freshUntil: Date | null },
): Promise<Asker> {
  const now = clock.now()
  const point = (await describeContactPoints(db, [contactPointId], now)).get(contactPointId)
  const fresh = freshUntil !== null && freshUntil > now
  const trust = fresh ? SIGNED_IN : trustOf(point?.trust ?? 0)
  if (trust < 2) return { contactPointId, trust, fresh, lines: [] }
  const { subscriberId } = await readPerson(db, contactPointId)
  const partyId = subscriberId === null ? undefined : await partyOf(db, subscriberId)
  const lines = partyId === undefined ? [] : await edge.linesOfParty(db, partyId)
  return { contactPointId, trust, fresh, lines: lines.filter(({ state }) => state !== 'ended') }
}

function trustOf(level: number): Trust {
  if (level >= 4) return 4
  if (level >= 3) return 3
  if (level >= 2) return 2
  return level >= 1 ? 1 : 0
}
