import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Service, Staff } from '../../platform/http/index.ts'
import type { Announce } from './events.ts'
import type { SubscriberLimits } from './limits.ts'
import type { Country } from './msisdn.ts'
import type { ProofRules } from './proofs/rules.ts'

/** Carries a short message to a number. The code in `text` may stand in clear only until it has left. */
export interface SmsPort {
  /** Asks for the message inside the transaction; it leaves after the commit. Refuses with `unavailable`. */
  send(tx: Executor, message: SmsToSend): Promise<void>
}

type SmsToSend = {
  readonly msisdn: string
  readonly text: string
  /** Names it for whoever may ask twice, as a job does that runs again: one name is sent once. At most 59 characters. */
  readonly reference?: string
} & (
  | {
      readonly kind: 'code'
      /** From then on it opens nothing, and is not sent any more. */
      readonly until: Date
    }
  | { readonly kind: 'notice' }
)

/** A look at personal data, as the audit keeps it. What was searched for is never part of it. */
export interface Look {
  readonly actor: Staff
  readonly contactPointId?: string
  readonly subscriberId?: string
  readonly reason?: string
  /** Where the request came from. */
  readonly address: string
}

export interface AccessAudit {
  /** Records that the person of a contact point was opened; what is repeated within minutes is one look. */
  recordOpen(
    db: Executor,
    look: Omit<Look, 'actor'> & { readonly actor: Staff | Service; readonly contactPointId: string },
  ): Promise<void>
  recordSearch(db: Executor, look: Look): Promise<void>
  /** Records a reveal and gives how many are left today; refuses with `reveal_cap_reached`. */
  recordReveal(db: Executor, look: Look): Promise<number>
}

/** What others know of contact points; the timeline and its doors answer. */
export interface Surroundings {
  /** Names of channel accounts, by id. */
  channelNames(db: Executor, channelAccountIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The account of channel sms through which codes are proved; undefined = there is none. */
  smsAccountId(db: Executor): Promise<string | undefined>
  /** A link that opens a door with a one-time token; null = the door has no such links. Refuses with `not_found`. */
  startLink(db: Executor, channelAccountId: string, token: string): Promise<string | null>
  /** The newest conversation of each of these contact points, where there is one. */
  newestConversations(db: Executor, contactPointIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Where the conversation with this number began. */
  contactPointOfConversation(db: Executor, number: number): Promise<string | undefined>
}

/** What this room works with; made once, in the composition root. */
export interface Subscribers {
  readonly clock: Clock
  readonly announce: Announce
  readonly limits: SubscriberLimits
  readonly proofRules: ProofRules
  /** Numbers without + are read as this country's. */
  readonly country: Country
  /** A keyed hash (hex): equal texts have equal ones, nobody without the key can try texts out. */
  readonly fingerprint: (text: string) => string
  readonly sms: SmsPort
  /** The text of the SMS with a code, in the person's language. */
  readonly codeText: (code: string, locale: 'ru' | 'en') => string
  readonly audit: AccessAudit
  /** Passes who may know this person, refuses the others with `need_to_know`. */
  readonly requireNeedToKnow: (db: Executor, actor: Staff | Service, contactPointId: string) => Promise<void>
  readonly surroundings: Surroundings
}
