/**
 * Who the people are: contact points and what proves them, subscribers, and the dated links between the two.
 *
 * - A contact point is (channel account, external id) with aliases; an alias never moves to another contact point.
 * - The links of one contact point never overlap and leave no gap: each begins where the one before ended, the first at its making. They are
 *   closed or voided, never rewritten. A person's timeline is the merge of lanes within these validities.
 * - A phone number is never the key of a person; proofs have a level, a time and an expiry.
 * - Knows nothing of the timeline: what others must hear of is announced in the transaction that made it true.
 */
export {
  type ContactPointDescription,
  describeContactPoints,
  markReachable,
  markUnreachable,
  muteContactPoint,
} from './contact-points.ts'
export { maskAddress, maskNumber } from './mask-address.ts'
export { type Person, type PersonName, readPerson, readPersons } from './persons.ts'
export { sightContactPoints } from './sight-contact-points.ts'
export type { Sighting } from './sighting.ts'
export { forgetSightings } from './sighting-memory.ts'
export type { LaneWindow } from './windows.ts'
