/**
 * Who the people are: contact points and what proves them, subscribers, the dated links between the two, and whose lines are whose.
 *
 * - A contact point is (channel account, external id) with aliases; an alias never moves to another contact point.
 * - The links of one contact point never overlap and leave no gap: each begins where the one before ended, the first at its making. They are
 *   closed or voided, never rewritten. A person's timeline is the merge of lanes within these validities.
 * - A party of the operator's books is one subscriber. Links to lines are dated too: the line's lane is part of the owner's and the user's
 *   timeline while they are that.
 * - A phone number is never the key of a person; proofs have a level, a time and an expiry.
 * - Knows nothing of the timeline: what others must hear of is announced in the transaction that made it true.
 */

export { changeSubscriber } from './change-subscriber.ts'
export {
  type ContactPointDescription,
  describeContactPoints,
  markHeard,
  markReachable,
  markUnreachable,
  muteContactPoint,
  timeZoneOf,
} from './contact-points.ts'
export type { Doer } from './doer.ts'
export type { Announce, SubscriberEvent } from './events.ts'
export { subscribersHandlers } from './http.ts'
export { suggestDue, suggestFor } from './likeness/suggest.ts'
export { createSubscriberLimits, type SubscriberLimits } from './limits.ts'
export { endLine } from './lines/end-line.ts'
export { type HeldLine, keepLinesOf, keepPeopleOfLine, type LineHolder } from './lines/keep-lines.ts'
export { type PartyRequest, recogniseParty } from './lines/recognise-party.ts'
export {
  contactPointsAroundLine,
  holdersOfLine,
  linkedLinesOf,
  localeOfLine,
  partiesOf,
  partiesOfSubscribers,
  partyOf,
  subscriberOfParty,
  subscribersOfLine,
  subscribersOfLines,
  subscribersOfParties,
} from './lines/store.ts'
export { type LinkRequest, linkContactPoints } from './links/link-contact-points.ts'
export { linkToSubscriber, type SubscriberLinkRequest } from './links/link-to-subscriber.ts'
export { lockContactPoints } from './links/store.ts'
export { type UnlinkRequest, unlinkContactPoint } from './links/unlink-contact-point.ts'
export { maskAddress, maskMailbox, maskNumber } from './mask-address.ts'
export { normaliseMsisdn } from './msisdn.ts'
export {
  type Moment,
  ownerAt,
  type Person,
  type PersonName,
  readPerson,
  readPersons,
  readPersonsAt,
  readSubscriber,
} from './persons.ts'
export { erasePersonPart } from './privacy/erase-person-part.ts'
export { exportPersonPart } from './privacy/export-person-part.ts'
export { findProvedPoint, findProvedPoints } from './proofs/find-proved-point.ts'
export { forgetEndedChallenges } from './proofs/forget-challenges.ts'
export { expireTrust, type NewProof, proveContactPoint } from './proofs/prove.ts'
export { revokeSignIns } from './proofs/revoke-sign-ins.ts'
export { DEFAULT_PROOF_RULES, type ProofRules } from './proofs/rules.ts'
export { acceptSharedContact } from './proofs/shared-contact.ts'
export { confirmSmsCode, startSmsCode } from './proofs/sms-code.ts'
export { makeStartToken, redeemStartToken } from './proofs/start-token.ts'
export { sightContactPoints } from './sight-contact-points.ts'
export type { Sighting } from './sighting.ts'
export { forgetSightings } from './sighting-memory.ts'
export type { AccessAudit, Look, SmsPort, Subscribers, Surroundings } from './subscribers.ts'
export type { LaneWindow } from './windows.ts'
