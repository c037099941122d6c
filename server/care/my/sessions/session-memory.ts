import type { Holding, Kept, Shelf } from '../../../platform/kept/index.ts'
import type { CallerRow } from './session-store.ts'

/** Whose sessions they are, by their ids. */
type KeptPerson = Pick<CallerRow, 'name' | 'partyId'>

/** A session in the memory of this process; its changes are told under the hash of its token, in hexadecimal digits. */
interface KeptSession extends Omit<CallerRow, keyof KeptPerson> {
  readonly person: Holding<KeptPerson>
}

/** Open sessions that this process has read. */
export interface SessionMemory {
  readonly catchUp: Kept['catchUp']
  readonly sessions: Shelf<KeptSession>
  readonly persons: Shelf<KeptPerson>
}

/** @param most sessions in it */
export const createSessionMemory = (kept: Kept, most: number): SessionMemory => ({
  catchUp: kept.catchUp,
  sessions: kept.shelf(most),
  persons: kept.shelf(most),
})

/** Who calls by a kept session, if it holds. */
export function callerOf(session: Holding<KeptSession>, now: Date): CallerRow | undefined {
  const { id, subscriberId, trusted, freshUntil, lastSeenAt, until, person } = session.value
  if (!session.holds(now) || !person.holds(now)) return undefined
  const { name, partyId } = person.value
  // Field by field: this is asked with every request.
  return { id, subscriberId, partyId, name, trusted, freshUntil, lastSeenAt, until }
}

/** Keeps the callers that are read, in the order of the hashes. */
export function remembering(
  { sessions, persons }: SessionMemory,
  hashes: readonly string[],
  read: () => Promise<(CallerRow | undefined)[]>,
): Promise<(CallerRow | undefined)[]> {
  return sessions.reading((keepSession) =>
    persons.reading(async (keepPerson) => {
      const callers = await read()
      for (const [n, hash] of hashes.entries()) {
        const caller = callers[n]
        if (!caller) continue
        const { name, partyId, id, subscriberId, trusted, freshUntil, lastSeenAt, until } = caller
        // Who is signed in twice is one person: what another session holds on to stays.
        const person = persons.get(subscriberId) ?? keepPerson(subscriberId, { name, partyId })
        keepSession(hash, { id, subscriberId, trusted, freshUntil, lastSeenAt, until, person }, until)
      }
      return callers
    }),
  )
}
