import type { MySection } from '../../../contracts/my.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Outgoing } from '../../platform/outgoing/index.ts'
import type { Timeline } from '../timeline/index.ts'
import type { My } from './my.ts'

/** What the whole room works with: signing in, and everything that the app shows and sends. */
export interface MyRoom extends My {
  readonly timeline: Timeline
  readonly outgoing: Outgoing
  /** Origins beyond the rules of the public internet where we may knock. */
  readonly trustedOrigins: readonly string[]
  /** Where people reach us, without a slash at the end. */
  readonly publicUrl: string
  /** What a phone needs to know of the operator's network. */
  readonly accessPoints: { readonly internet: string; readonly mms: string }
  /** Who knocks, for the keeper of the push service: an https or mailto address. */
  readonly pushSubject: string
  /** The zone by which a subscriber's day is counted who has none of their own (IANA). */
  readonly timeZone: string
  /** Refuses with `rate_limited` when a subscriber does something too often. */
  readonly limit: (what: 'message' | 'upload', key: string) => Promise<void>
  /** Everything that is kept about the person of a contact point, as pieces of one JSON document. */
  readonly exportPerson: (db: Executor, contactPointId: string) => Promise<AsyncGenerator<string>>
  /** The words of a request for money back, with its facts. */
  readonly refundText: (facts: RefundFacts, locale: 'ru' | 'en') => string
  /** Leaves a knock at one device to be carried out after the commit (`knockAtDevice`). */
  readonly askToKnock: (tx: Executor, sessionId: string, about: MySection) => Promise<void>
}

/** A paid subscription whose money somebody wants back. */
export interface RefundFacts {
  readonly msisdn: string
  readonly title: string
  readonly partner: string
  readonly since: Date
  readonly feeKopecks: number
  readonly charge: string
  readonly spentKopecks: number
  readonly consent: { readonly at: string; readonly through: string; readonly words: string } | null
  /** What the person adds. */
  readonly words: string
}
