/**
 * What the timeline tells screens. A notice may get lost: lanes are resumed by seq, lists are refetched.
 * They hold ids and never words, so that they may travel through NOTIFY and logs.
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

/** A lane has new entries up to `seq`. */
export interface LaneNews {
  readonly laneId: string
  readonly seq: number
}
