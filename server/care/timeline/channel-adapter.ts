import type { IncomingHttpHeaders } from 'node:http'
import type { Capabilities, ChannelKind } from '../../../contracts/channels.ts'
import type { Button, EntryBody } from '../../../contracts/entries.ts'
import type { Sighting } from '../subscribers/index.ts'
import type { Greeting } from './accounts/greeting.ts'
import type { SettingsProblem } from './accounts/settings-problems.ts'

/** A channel account as adapters see it: its settings parsed by nobody but them, its secrets opened. */
export interface ChannelAccountRow {
  readonly id: string
  readonly kind: ChannelKind
  readonly name: string
  readonly state: 'active' | 'paused'
  readonly policy: 'full' | 'no-personal-data' | 'invite-only'
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

export type MessageBody = Extract<EntryBody, { type: 'message' }>

/** A file that came with a message: its bytes, or where the channel keeps them (fetched after the commit). */
export interface InboundFile {
  readonly name: string
  readonly declaredType?: string
  readonly contentId?: string
  /** The channel's name of the file, where it has one: another name is another file. */
  readonly channelFile?: string
  readonly bytes?: Buffer
  /** Already uploaded here by the same person (web chat). */
  readonly uploadedId?: string
  /** What `fetchFile` of the adapter understands. */
  readonly remote?: Readonly<Record<string, unknown>>
  readonly size?: number
}

interface InboundBase {
  /**
   * The channel's own name of this event, never empty; what makes replays change nothing. Adapters of channels that
   * give none make one from the event's content.
   */
  readonly key: string
  readonly from: Sighting
  readonly providerAt: Date | null
}

/** The person said something. */
export interface InboundMessage extends InboundBase {
  readonly kind: 'message'
  readonly body: MessageBody
  readonly files?: readonly InboundFile[]
  /** The channel's name of the message: edits, replies and receipts refer to it. */
  readonly messageId?: string
  /** The channel's name of the message that this one answers. */
  readonly replyTo?: string
  /** Parts that arrive as events of their own become one message. */
  readonly album?: string
  /** A number that the person shared; `proved` when the channel vouches that it is their own. */
  readonly sharedContact?: { readonly msisdn: string; readonly name: string; readonly proved: boolean }
  /** A one-time token from a deep link. */
  readonly startToken?: string
  /** The channel vouches that the sender is who they say: a mail that passed DMARC. */
  readonly vouched?: 'dmarc'
  /** Answers by machines never wake a conversation and are never auto-answered. */
  readonly machine?: boolean
}
export interface InboundEdit extends InboundBase {
  readonly kind: 'edit'
  readonly messageId: string
  /** Absent: the words stay as they are, as of an album of which a part without words was changed. */
  readonly text?: string
  /** All files that the message has now; absent where the channel says nothing of them. */
  readonly files?: readonly InboundFile[]
  /** The channel's name of the edited part of an album, which `messageId` names as a whole. */
  readonly part?: string
}
export interface InboundDeletion extends InboundBase {
  readonly kind: 'deletion'
  readonly messageId: string
}
/** Opened or left the door (blocked the bot, started it again). */
export interface InboundReachability extends InboundBase {
  readonly kind: 'reachability'
  readonly reachable: boolean
  readonly startToken?: string
}
/** What became of a message of ours. */
export interface InboundReceipt {
  readonly kind: 'receipt'
  readonly key: string
  readonly messageId: string
  readonly state: 'sent' | 'delivered' | 'read' | 'failed'
  readonly reason?: string
  readonly providerAt: Date | null
}
/** Nothing for a timeline: an update of a kind that we do not know or need. */
export interface InboundIgnored {
  readonly kind: 'ignored'
  readonly why: string
}
export type InboundEvent =
  | InboundMessage
  | InboundEdit
  | InboundDeletion
  | InboundReachability
  | InboundReceipt
  | InboundIgnored

/** A message on its way out. `id` is the idempotency key where the channel has one. */
export interface OutgoingMessage {
  readonly id: string
  readonly laneId: string
  readonly seq: number
  readonly address: string
  readonly text: string
  readonly buttons: readonly Button[]
  readonly files: readonly OutgoingFile[]
  /** The channel's name of the person's last message: to thread a mail, to quote. */
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly subject: string | null
  readonly automatic: boolean
}
export interface OutgoingFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly kind: 'image' | 'audio' | 'video' | 'file'
  read(): Promise<Buffer>
}

/**
 * What became of an attempt. `unknown`: it may have arrived (a time-out after the request left): a person decides.
 * Adapters throw only for defects; a connection that was refused before anything left is `retry`.
 */
export type SendResult =
  | { readonly outcome: 'sent'; readonly messageId: string | null }
  | { readonly outcome: 'retry'; readonly afterMs?: number; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string; readonly unreachable?: boolean }
  | { readonly outcome: 'unknown'; readonly reason: string }

export interface WebhookRequest {
  readonly body: Buffer
  readonly headers: IncomingHttpHeaders
}

/** A door: the wire format of one channel and nothing else. */
export interface ChannelAdapter {
  readonly kind: ChannelKind
  readonly capabilities: Capabilities
  /**
   * `push`: we carry messages out by `send`. `pull`: the person's side reads the lane itself, so that a message is
   * sent as soon as it stands there (web chat).
   */
  readonly delivery: 'push' | 'pull'
  /** What keeps settings from being saved; absent: there are none. */
  checkSettings?(settings: Readonly<Record<string, unknown>>): readonly SettingsProblem[]
  /** What keeps given secrets from being saved: they cannot be looked at afterwards. Those that are not given are not asked for. */
  checkSecrets?(secrets: Readonly<Record<string, string>>): readonly SettingsProblem[]
  /** Is the request from the channel? Compares in constant time, on the raw bytes. */
  verify?(account: ChannelAccountRow, request: WebhookRequest): boolean
  /** Reads the events out of a payload. Throws on what it cannot read: the payload is then kept, visible and replayable. */
  parse(account: ChannelAccountRow, payload: Buffer): InboundEvent[] | Promise<InboundEvent[]>
  /**
   * Brings what a payload only stands for, because it could not be had when it was handed in: asked for whenever it is tried again. Undefined:
   * the payload is all there is. Throws by a name that says why it cannot be had.
   */
  fetchAgain?(account: ChannelAccountRow, payload: Buffer): Promise<Buffer | undefined>
  send?(account: ChannelAccountRow, message: OutgoingMessage): Promise<SendResult>
  /** Brings the bytes of a file that the channel keeps; at most `maxBytes`. */
  fetchFile?(
    account: ChannelAccountRow,
    remote: Readonly<Record<string, unknown>>,
    maxBytes: number,
  ): Promise<{ bytes: Buffer; declaredType?: string }>
  /** Runs while the account is active: polling, IMAP IDLE, webhook subscription. Gives what stops it. */
  run?(account: ChannelAccountRow, intake: Intake): Promise<() => Promise<void>>
  /** Tries the door: an outgoing call that changes nothing. */
  check?(account: ChannelAccountRow): Promise<{ ok: boolean; reason?: string }>
  /**
   * Courtesy towards the channel once an event is durable, such as answering a pressed button: best effort, nobody waits for it, its
   * failure changes nothing. Repeats of an event come here too.
   */
  afterAccepted?(account: ChannelAccountRow, event: InboundEvent): Promise<void>
  /** A link that opens this door with a one-time token, if the channel has such. */
  startLink?(account: ChannelAccountRow, token: string): string | null
  /** Where people find this door, as one may tell anybody: a link or an address; null while it is not set up. */
  publicPlace?(account: ChannelAccountRow): string | null
  /** What whoever opens this door reads before they have written anything, if the channel tells that it was opened. */
  greeting?(account: ChannelAccountRow): Greeting
}

/** How a poller hands in what it read: resolves once it is durable, rejects when the database is away. */
export interface Intake {
  receive(payload: Buffer): Promise<void>
  readCursor(): Promise<Readonly<Record<string, unknown>>>
  saveCursor(cursor: Readonly<Record<string, unknown>>): Promise<void>
  reportHealth(state: 'ok' | 'degraded' | 'down', reason: string | null): Promise<void>
}
