/**
 * The hall: everything that happens between the operator and a subscriber is an entry on a lane, and a person's timeline
 * is the merge of the lanes linked to them.
 *
 * - An entry belongs for ever to one lane and takes its number under the lane's row lock; inbound and outbound share it.
 * - Durable before answered: raw event and entry are committed together; what cannot be filed stays visible, replayable.
 * - Outbound is a state machine with leases; statuses never go backwards; an unknown outcome is shown to a person.
 * - Locks are taken lanes first (by id), then conversations (by id), then messages and members of the staff.
 * - Doors come in by the `ChannelAdapter` port and know nothing of the rest of the house.
 */
export {
  createAccount,
  defaultPolicy,
  ensureAccount,
  listHealth,
  type NewAccount,
  resealAccounts,
} from './accounts/accounts.ts'
export type { Door, Doors } from './accounts/doors.ts'
export { Greeting } from './accounts/greeting.ts'
export { settingsProblems } from './accounts/settings-problems.ts'
export { MAX_FILE_BYTES } from './attachments/attach-files.ts'
export { mayReadFile } from './attachments/may-read-file.ts'
export { findAttachment, keepUpload } from './attachments/upload.ts'
export type {
  ChannelAccountRow,
  ChannelAdapter,
  InboundDeletion,
  InboundEdit,
  InboundEvent,
  InboundFile,
  InboundMessage,
  InboundReachability,
  InboundReceipt,
  Intake,
  MessageBody,
  OutgoingFile,
  OutgoingMessage,
  SendResult,
  WebhookRequest,
} from './channel-adapter.ts'
export { reopenConversation, resolveConversation } from './conversations/change-state.ts'
export type { ConversationRow } from './conversations/conversation.ts'
export { requireNeedToKnowPerson } from './conversations/need-to-know.ts'
export { openConversation } from './conversations/open-conversation.ts'
export { type NewMatter, openMatter } from './conversations/open-matter.ts'
export { createTimeline, type Timeline, type TimelineDeps, type Working } from './create-timeline.ts'
export { countArrivals } from './filing/file-arrivals.ts'
export { fileNow } from './filing/file-now.ts'
export { type HeldElsewhere, noteInteraction } from './filing/note-interaction.ts'
export type { Brought } from './inbound/context.ts'
export { forgetOldInboundKeys } from './inbound/forget-keys.ts'
export type { Inbound, Receipt } from './inbound/intake.ts'
export { laneOfSighting } from './inbound/lane-of.ts'
export { countUnfiled } from './inbound/unfiled.ts'
export { appendEntry } from './lanes/append-entry.ts'
export { appendMarket, type MarketHappening } from './lanes/append-market.ts'
export { appendNote } from './lanes/append-note.ts'
export { appendOrder } from './lanes/append-order.ts'
export { laneOfContactPoint, lastLaneOf, makeLanes, makeLineLanes } from './lanes/lanes.ts'
export type { Follower, LaneFeed } from './live/lane-feed.ts'
export { type LaneStart, readLaneStarts } from './live/lane-starts.ts'
export type { TimelineNotice } from './live/notices.ts'
export { inward, outward } from './live/share.ts'
export { personHasRead } from './outbound/apply-receipt.ts'
export type { OutboundContext } from './outbound/context.ts'
export { countOutbound } from './outbound/outbound.ts'
export type { Outside, OutsideEvent } from './outside.ts'
export {
  concealWord,
  keepCallBack,
  type Leaving,
  leaveToPeople,
  type Place,
  readWords,
  type Speech,
  speak,
  takeBack,
  takePart,
  takePartKnowing,
  type Word,
  writeNote,
} from './participant/take-part.ts'
export { eraseOldFiles } from './privacy/erase-files.ts'
export {
  type Counts,
  type Erasing,
  eraseLanes,
  findConversationsOf,
  lockForErasure,
} from './privacy/erase-lanes.ts'
export {
  type EntryKey,
  eraseOldBodies,
  eraseOldDrafts,
  eraseOldNotes,
  eraseOldPayloads,
} from './privacy/erase-old.ts'
export { findLanelessPayloads } from './privacy/erase-payloads.ts'
export { exportConversations, exportEntries } from './privacy/export-lanes.ts'
export { interactionsIn, type LaneSpan, spansOf } from './privacy/spans.ts'
export { hasUnread } from './reading/has-unread.ts'
export { type EntryRow, presentEntries } from './reading/present-entries.ts'
export { readEntriesBySeq, readLaneForwards } from './reading/read-entries.ts'
export {
  findInteraction,
  type InteractionRow,
  listConversationsOf,
  listInteractionsOf,
  walkConversations,
  walkInteractions,
} from './reading/read-matters.ts'
export { readStory, readStoryItems, type Story, type StoryItem } from './reading/read-story.ts'
export type { TimelineContext } from './timeline-context.ts'
export { type TextLink, withLinks } from './with-links.ts'
