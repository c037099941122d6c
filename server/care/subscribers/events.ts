import type { ProofKind } from '../../../contracts/subscribers.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Doer } from './doer.ts'

interface Happened {
  readonly at: Date
  readonly by: Doer
}

/** A contact point became a person's; their timeline now holds its lane from `validFrom` on. */
export interface ContactPointLinked extends Happened {
  readonly kind: 'contact-point-linked'
  readonly contactPointId: string
  readonly linkId: string
  readonly subscriberId: string
  /** Whose it was a moment ago, if somebody's. */
  readonly fromSubscriberId: string | null
  readonly validFrom: Date
  readonly reason: string
  readonly proofId: string | null
}

/** A contact point is nobody's now. `mistake`: it never was theirs; else it was until `at`. */
export interface ContactPointUnlinked extends Happened {
  readonly kind: 'contact-point-unlinked'
  readonly contactPointId: string
  readonly linkId: string
  readonly subscriberId: string
  readonly mistake: boolean
  readonly reason: string
}

/** A proof raised, kept or lost the trust in a contact point. */
export interface ContactPointProved extends Happened {
  readonly kind: 'contact-point-proved'
  readonly contactPointId: string
  readonly proofId: string
  readonly proof: ProofKind
  readonly level: number
  readonly expiresAt: Date | null
}

/** Name, language, time zone or note of a subscriber changed: cards and rows of these contact points are stale. */
export interface SubscriberChanged extends Happened {
  readonly kind: 'subscriber-changed'
  readonly subscriberId: string
  readonly contactPointIds: readonly string[]
  /** Names of the fields, never their values. */
  readonly fields: readonly string[]
}

/** Lines became a person's, or are theirs no longer: what these contact points show of them is stale. */
export interface LinesOfPersonChanged {
  readonly kind: 'lines-of-person-changed'
  readonly contactPointIds: readonly string[]
}

/** Two contact points look alike: their cards have a new suggestion. */
export interface LikenessFound extends Happened {
  readonly kind: 'likeness-found'
  readonly contactPointIds: readonly [string, string]
}

/** Somebody says that a suggested pair is two people. */
export interface SuggestionDismissed extends Happened {
  readonly kind: 'suggestion-dismissed'
  readonly suggestionId: string
  readonly contactPointIds: readonly [string, string]
}

/** Addresses and names are destroyed: every node forgets these contact points (`forgetSightings`). */
export interface ContactPointsErased extends Happened {
  readonly kind: 'contact-points-erased'
  readonly contactPointIds: readonly string[]
}

/** What others must hear of; told inside the transaction that makes it true. Holds no personal data but ids and typed reasons. */
export type SubscriberEvent =
  | ContactPointLinked
  | ContactPointUnlinked
  | ContactPointProved
  | SubscriberChanged
  | LinesOfPersonChanged
  | LikenessFound
  | SuggestionDismissed
  | ContactPointsErased

export type Announce = (tx: Executor, event: SubscriberEvent) => Promise<void>
