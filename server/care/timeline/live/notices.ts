import type { Entry } from '../../../../contracts/entries.ts'
import type { EntryRow } from '../reading/present-entries.ts'

/**
 * What the timeline tells screens. A notice may get lost: lanes are resumed by seq, lists are refetched.
 * Between nodes they travel through NOTIFY and hold ids only, never words.
 */
export type TimelineNotice =
  | { readonly type: 'entries'; readonly lanes: readonly LaneNews[] }
  | {
      readonly type: 'delivery'
      readonly laneId: string
      readonly messageId: string
      readonly conversationId: string
    }
  | { readonly type: 'held'; readonly conversationId: string }
  | { readonly type: 'conversation'; readonly conversationId: string; readonly version: number }
  | { readonly type: 'inbox' }
  | { readonly type: 'read-by-person'; readonly laneId: string; readonly seq: number }
  | { readonly type: 'read-by-agent'; readonly laneId: string; readonly seq: number }
  | { readonly type: 'person'; readonly contactPointIds: readonly string[] }
  | { readonly type: 'typing'; readonly conversationId: string; readonly by: Typist }
  | { readonly type: 'person-typing'; readonly laneId: string }
  | { readonly type: 'agent-typing'; readonly laneId: string }
  | { readonly type: 'approvals' }
  | { readonly type: 'line'; readonly lineIds: readonly string[] }
  | { readonly type: 'book'; readonly sizes: readonly BookSize[] }

/** Lots of one type with so many units. */
export interface BookSize {
  readonly type: 'data' | 'voice' | 'sms'
  readonly units: number
}

/** Who is writing. */
export interface Typist {
  readonly kind: 'subscriber' | 'agent'
  readonly id: string | null
  readonly name: string | null
}

/** A lane has new entries up to `seq`; 0 = look yourself. */
export interface LaneNews {
  readonly laneId: string
  readonly seq: number
  /** The entry itself, within this process: spares whoever has all before it a look into the database. */
  readonly entry?: EntryRow
  /** With `entry`: what is shown beside it. */
  readonly shown?: Partial<Pick<Entry, 'conversationId' | 'delivery'>>
  /** The entry stands already and looks otherwise now: a file of it arrived. */
  readonly changed?: boolean | undefined
}
