import type { DataList } from '../../operator/edge/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Subscribers } from '../subscribers/index.ts'
import type { Counts, LaneSpan, TimelineContext } from '../timeline/index.ts'

/** Who is being erased. */
export interface ErasedPerson {
  readonly spans: readonly LaneSpan[]
  /** Contact points that are theirs now. */
  readonly contactPointIds: readonly string[]
  readonly conversationIds: readonly string[]
  /** What the doors call them. */
  readonly names: readonly string[]
}

/** What the room works with; made once, in the composition root. */
export interface PrivacyDeps {
  readonly timeline: TimelineContext
  readonly subscribers: Subscribers
  /** Parts that rooms outside of care keep of people: tokens of chats, answers to writes, webhooks' payloads. */
  readonly eraseElsewhere: (tx: Executor, person: ErasedPerson) => Promise<Counts>
  /** The same for the person's own copy: rows by what they are, of the person of these contact points. */
  readonly exportElsewhere: (
    db: Executor,
    contactPointIds: readonly string[],
  ) => Promise<Readonly<Record<string, readonly unknown[]>>>
  /**
   * What the operator's books, and what we keep of orders given to other systems, hold of the person: words, names, numbers. Before any
   * lane is locked, for whoever does something to a line has it locked before its lane.
   */
  readonly eraseBooks: (
    tx: Executor,
    person: Pick<ErasedPerson, 'spans' | 'contactPointIds'>,
  ) => Promise<Counts>
  /** The same for the person's own copy. `callDetails`: secret of communication, for the person alone after a fresh code. */
  readonly exportBooks: (
    db: Executor,
    contactPointIds: readonly string[],
    ask: { readonly callDetails: boolean },
  ) => Promise<readonly DataList[]>
  /** Old usage of lines: gives how many of at most `limit` rows went. */
  readonly eraseOldUsage: (tx: Executor, before: Date, limit: number) => Promise<number>
  /** Old payloads of webhooks: gives how many of at most `limit` went. */
  readonly eraseOldWebhookLog: (tx: Executor, before: Date, limit: number) => Promise<number>
}
