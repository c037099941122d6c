import type { Executor } from '../../platform/database/index.ts'
import { exportPersonPart, readPerson } from '../subscribers/index.ts'
import { findConversationsOf, spansOf } from '../timeline/index.ts'
import type { ErasedPerson } from './deps.ts'

/** A person with everything by which the rooms know them. */
export interface WholePerson extends ErasedPerson {
  readonly part: Awaited<ReturnType<typeof exportPersonPart>>
}

/**
 * The person of a contact point: what is theirs now, and stretches of what once was.
 * @param beforeReading called with their lanes: to lock them before anything is read
 * @throws Refusal not_found
 */
export async function findPerson(
  db: Executor,
  contactPointId: string,
  beforeReading: (laneIds: readonly string[]) => Promise<void> = async () => {},
): Promise<WholePerson> {
  const { lanes } = await readPerson(db, contactPointId)
  await beforeReading(lanes.map(({ laneId }) => laneId))
  const spans = await spansOf(db, lanes)
  const contactPointIds = lanes
    .filter(({ kind, to }) => kind === 'contact-point' && to === null)
    .map(({ laneId }) => laneId)
  const part = await exportPersonPart(db, contactPointIds)
  return {
    spans,
    contactPointIds,
    conversationIds: await findConversationsOf(db, spans),
    names: [
      ...part.contactPoints.map((row) => row.address),
      ...part.aliases.map((row) => row.externalId),
    ].filter((name): name is string => typeof name === 'string' && name !== ''),
    part,
  }
}
