import { z } from 'zod'
import { Capabilities, ChannelKind, ChannelPolicy } from './channels.ts'
import { AgentName, Attachment, Delivery, Entry, HeldMessage } from './entries.ts'
import { Done, Id, IdParam, Instant, PageQuery, pageOf, Seq, TimelineCursor, text } from './primitives.ts'
import type { Contract } from './route.ts'

export const ConversationState = z
  .enum(['open', 'snoozed', 'resolved', 'muted'])
  .meta({ id: 'ConversationState' })
export type ConversationState = z.infer<typeof ConversationState>

/** Coded result of a conversation (with the topic: its disposition). `beyond` = beyond the frame. */
export const Outcome = z
  .enum(['solved', 'partly', 'not-solved', 'no-answer', 'beyond', 'spam', 'abuse'])
  .meta({ id: 'Outcome' })
export type Outcome = z.infer<typeof Outcome>

/** A call that was promised, and that nobody has made yet. */
export const CallBack = z
  .object({
    at: Instant.describe('from then on it is due; once that day is over, overdue'),
    timeZone: z.string().describe('the person’s, in which the time was promised'),
    msisdn: z.string().nullable().describe('null: none was named, or the reader may not see it'),
  })
  .meta({ id: 'CallBack' })
export type CallBack = z.infer<typeof CallBack>

/** A row of the inbox. */
export const ConversationSummary = z
  .object({
    id: Id,
    number: z.number().int().describe('short number for people to say aloud'),
    state: ConversationState,
    version: z.number().int(),
    person: z.object({ subscriberId: Id.nullable(), name: z.string(), known: z.boolean() }),
    channel: ChannelKind,
    topicId: Id.nullable(),
    assignee: AgentName.nullable(),
    preview: z.string().describe('the last message, shortened; empty when the reader may not see it'),
    previewOf: z
      .enum(['contact', 'location', 'files'])
      .nullable()
      .describe('what the last message is where it has no words; null when the reader may not see it'),
    previewBy: z.enum(['subscriber', 'agent', 'assistant', 'system']).nullable(),
    waitingSince: Instant.nullable().describe('since when the person waits for an answer'),
    sortAt: Instant,
    openedAt: Instant,
    lastActivityAt: Instant,
    snoozedUntil: Instant.nullable(),
    reopened: z.number().int().describe('how often it was reopened within 72 h (re-contact)'),
    trouble: z.boolean().describe('a message of it failed or is unknown'),
    callBack: CallBack.nullable(),
  })
  .meta({ id: 'ConversationSummary' })
export type ConversationSummary = z.infer<typeof ConversationSummary>

/** One lane of a person, seen through the link that makes it theirs; also what the composer may reply through. */
export const PersonLane = z
  .object({
    laneId: Id,
    channel: ChannelKind,
    channelAccountId: Id,
    channelName: z.string(),
    address: z.string().describe('masked until revealed'),
    masked: z.boolean(),
    displayName: z.string().nullable(),
    trust: z.number().int().min(0).max(4),
    reachable: z.boolean(),
    policy: ChannelPolicy,
    capabilities: Capabilities,
    windowClosesAt: Instant.nullable(),
    linkedFrom: Instant.nullable(),
    lastSeq: z.number().int(),
    lastReadSeq: z.number().int().describe('up to where the person has read us'),
  })
  .meta({ id: 'PersonLane' })
export type PersonLane = z.infer<typeof PersonLane>

export const Draft = z
  .object({
    text: z.string(),
    laneId: Id.nullable(),
    attachmentIds: z.array(Id),
    attachments: z.array(Attachment).describe('those of the files that are still there to be sent'),
    note: z.boolean(),
    version: z.number().int(),
    updatedAt: Instant,
  })
  .meta({ id: 'Draft' })

export const Conversation = ConversationSummary.extend({
  lanes: z.array(PersonLane),
  replyLaneId: Id.nullable().describe('the lane where the person last wrote'),
  segments: z.array(
    z.object({ laneId: Id, channel: ChannelKind, fromSeq: Seq, toSeq: Seq.nullable(), interactionId: Id }),
  ),
  held: z.array(HeldMessage),
  draft: Draft.nullable(),
  outcome: Outcome.nullable(),
  resolvedAt: Instant.nullable(),
  summaryNote: z.string().nullable(),
}).meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof Conversation>

export const InboxQuery = PageQuery.extend({
  view: z.enum(['mine', 'unassigned', 'all']).default('mine'),
  state: ConversationState.default('open'),
  channel: ChannelKind.optional(),
  topicId: Id.optional(),
})
export type InboxQuery = z.infer<typeof InboxQuery>

const Count = z.number().int().describe('counted up to 1000: show 999+')
/** Counters beside the tabs of the inbox. */
export const InboxCounters = z
  .object({
    mine: z.object({ open: Count, snoozed: Count }),
    unassigned: z.object({ open: Count }),
    all: z.object({ open: Count, snoozed: Count, muted: Count }),
    unfiled: Count,
  })
  .meta({ id: 'InboxCounters' })

const ResolveBody = z.object({
  topicId: Id.nullable(),
  outcome: Outcome,
  note: text(2000).optional(),
})

/**
 * A page of a person's timeline: the merge of their lanes, newest page first, rows in reading order.
 * `laneSeqs` says up to which seq each lane was read: watch `/realtime` from there.
 */
export const TimelinePage = z
  .object({
    entries: z.array(Entry),
    before: TimelineCursor.nullable().describe(
      'give back as `before` for older entries; null = the beginning',
    ),
    laneSeqs: z.record(Id, z.number().int()),
  })
  .meta({ id: 'TimelinePage' })
export type TimelinePage = z.infer<typeof TimelinePage>

const LetterParams = IdParam.extend({ laneId: Id, seq: z.coerce.number().pipe(Seq) })

export const conversations = {
  listConversations: {
    method: 'GET',
    path: '/api/v1/conversations',
    summary: 'The inbox: longest waiting first, then by last change',
    access: ['agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    query: InboxQuery,
    response: pageOf(ConversationSummary),
  },
  countConversations: {
    method: 'GET',
    path: '/api/v1/conversations/counters',
    summary: 'Counters of the inbox tabs',
    access: ['agent', 'supervisor'],
    idempotency: 'safe',
    response: InboxCounters,
  },
  getConversation: {
    method: 'GET',
    path: '/api/v1/conversations/:id',
    summary: 'One conversation with the person behind it and the doors to reply through',
    access: ['agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    response: Conversation,
    errors: ['not_found', 'need_to_know'],
  },
  readTimeline: {
    method: 'GET',
    path: '/api/v1/conversations/:id/timeline',
    summary: 'The whole timeline of the person across channels, newest page first',
    access: ['agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    query: z.object({
      before: TimelineCursor.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: TimelinePage,
    errors: ['not_found', 'need_to_know'],
  },
  readLetter: {
    method: 'GET',
    path: '/api/v1/conversations/:id/letters/:laneId/:seq',
    summary:
      'A mail as it was laid out: a page for a frame, in which nothing runs; images of other servers only when asked for',
    access: ['agent', 'supervisor'],
    idempotency: 'safe',
    params: LetterParams,
    query: z.object({ images: z.literal('shown').optional() }),
    response: z.unknown(),
    raw: 'download',
    errors: ['not_found', 'need_to_know', 'erased'],
  },
  readLetterImage: {
    method: 'GET',
    path: '/api/v1/conversations/:id/letters/:laneId/:seq/images/:image',
    summary:
      'An image of a mail that lies on another server, fetched by ours: its sender does not learn where the reader is',
    access: ['agent', 'supervisor'],
    idempotency: 'safe',
    params: LetterParams.extend({ image: z.coerce.number().int().min(0) }),
    response: z.unknown(),
    raw: 'download',
    errors: [
      'not_found',
      'need_to_know',
      'erased',
      'attachment_not_allowed',
      'private_address',
      'unavailable',
    ],
  },
  sendMessage: {
    method: 'POST',
    path: '/api/v1/conversations/:id/messages',
    summary:
      'Answer through one of the person’s doors; leaves after the undo time. The id is made by the sender: a repeat sends once',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'key',
    params: IdParam,
    body: z.object({
      id: Id,
      laneId: Id,
      text: text(100_000).default(''),
      attachmentIds: z.array(Id).max(10).default([]),
      undoMs: z.number().int().min(0).max(30_000).default(5000),
    }),
    response: z.object({ held: HeldMessage.nullable(), delivery: Delivery.nullable() }),
    errors: [
      'not_found',
      'need_to_know',
      'conversation_resolved',
      'channel_paused',
      'channel_unreachable',
      'channel_policy',
      'personal_data',
      'channel_unsupported',
      'reply_window_closed',
      'text_too_long',
      'too_many_attachments',
      'attachment_too_large',
      'conflict',
    ],
  },
  undoMessage: {
    method: 'DELETE',
    path: '/api/v1/messages/:id',
    summary: 'Take back a message that has not left yet; answers with its text for the draft',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'natural',
    params: IdParam,
    response: HeldMessage,
    errors: ['not_found', 'not_undoable'],
  },
  sendNow: {
    method: 'POST',
    path: '/api/v1/messages/:id/release',
    summary: 'Do not wait for the undo time',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found'],
  },
  retryMessage: {
    method: 'POST',
    path: '/api/v1/messages/:id/retry',
    summary:
      'Send a failed or unknown message again (an unknown one may arrive twice: the caller says so knowingly)',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'key',
    params: IdParam,
    response: Delivery,
    errors: ['not_found', 'not_retryable', 'channel_paused', 'channel_policy'],
  },
  settleMessage: {
    method: 'POST',
    path: '/api/v1/messages/:id/settle',
    summary: 'A person decides that an unknown message did arrive or did not',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ arrived: z.boolean() }),
    response: Delivery,
    errors: ['not_found', 'conflict'],
  },
  addNote: {
    method: 'POST',
    path: '/api/v1/conversations/:id/notes',
    summary: 'A note for colleagues; the person never sees it',
    access: ['agent', 'supervisor'],
    idempotency: 'key',
    params: IdParam,
    body: z.object({ id: Id, text: text(20_000).min(1) }),
    response: Entry,
    errors: ['not_found', 'need_to_know'],
  },
  claimConversation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/claim',
    summary: 'Take an unassigned conversation: one of two wins, the other is told who',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    response: ConversationSummary,
    errors: ['not_found', 'already_claimed', 'capacity_exceeded', 'conversation_resolved'],
  },
  assignConversation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/assign',
    summary: 'Hand over to a colleague, or back to everyone (null)',
    access: ['agent', 'supervisor'],
    idempotency: 'key',
    params: IdParam,
    body: z.object({ agentId: Id.nullable(), version: z.number().int(), note: text(2000).optional() }),
    response: ConversationSummary,
    errors: ['not_found', 'conflict', 'need_to_know', 'capacity_exceeded', 'conversation_resolved'],
  },
  finishCallBack: {
    method: 'POST',
    path: '/api/v1/conversations/:id/call-back/done',
    summary: 'The promised call was made: nobody waits for it any more',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    response: ConversationSummary,
    errors: ['not_found', 'need_to_know'],
  },
  snoozeConversation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/snooze',
    summary: 'Put aside until a time, or until the person writes',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ until: Instant.nullable().describe('null = wake up now') }),
    response: ConversationSummary,
    errors: ['not_found', 'need_to_know', 'conversation_resolved', 'conflict'],
  },
  muteConversation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/mute',
    summary: 'Spam or abuse: out of sight, still recorded; reversible',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ as: z.enum(['spam', 'abuse']).nullable().describe('null = take the mute back') }),
    response: ConversationSummary,
    errors: ['not_found', 'need_to_know', 'conversation_resolved'],
  },
  resolveConversation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/resolve',
    summary: 'Done, with its wrap-up: topic and outcome',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: ResolveBody,
    response: ConversationSummary,
    errors: ['not_found', 'need_to_know'],
  },
  reopenConversation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/reopen',
    summary: 'Open a resolved conversation again',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    response: ConversationSummary,
    errors: ['not_found', 'need_to_know', 'conflict'],
  },
  setTopic: {
    method: 'PUT',
    path: '/api/v1/conversations/:id/topic',
    summary: 'What it is about',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ topicId: Id.nullable() }),
    response: ConversationSummary,
    errors: ['not_found', 'need_to_know'],
  },
  splitConversation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/split',
    summary: 'From this entry of a lane on it is another matter: a new conversation',
    access: ['agent', 'supervisor'],
    idempotency: 'key',
    params: IdParam,
    body: z.object({ laneId: Id, fromSeq: Seq }),
    response: ConversationSummary,
    errors: ['not_found', 'need_to_know', 'conflict'],
  },
  joinConversations: {
    method: 'POST',
    path: '/api/v1/conversations/:id/join',
    summary: 'It is the same matter as another conversation of the same person: its segments move there',
    access: ['agent', 'supervisor'],
    idempotency: 'key',
    params: IdParam,
    body: z.object({ intoId: Id }),
    response: ConversationSummary,
    errors: ['not_found', 'need_to_know', 'conflict'],
  },
  saveDraft: {
    method: 'PUT',
    path: '/api/v1/conversations/:id/draft',
    summary:
      'Keep an unsent answer; the same on every device of the agent. Last writer wins unless the version is older',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({
      text: text(100_000),
      laneId: Id.nullable(),
      attachmentIds: z.array(Id).max(10),
      note: z.boolean(),
      version: z.number().int().describe('the version that was edited; 0 = none yet'),
    }),
    response: Draft,
    errors: ['not_found', 'need_to_know', 'conflict'],
  },
  breakGlass: {
    method: 'POST',
    path: '/api/v1/conversations/:id/break-glass',
    summary: 'Open a person who is not mine, with a reason; audited, for one hour',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ reason: text(400).min(10) }),
    response: Done,
    errors: ['not_found', 'reveal_cap_reached'],
  },
  listPersonConversations: {
    method: 'GET',
    path: '/api/v1/conversations/:id/siblings',
    summary: 'Other conversations of the same person (newest first, at most 50)',
    access: ['agent', 'supervisor'],
    idempotency: 'safe',
    params: IdParam,
    response: z.array(ConversationSummary),
    errors: ['not_found', 'need_to_know'],
  },
} as const satisfies Contract
