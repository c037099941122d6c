import type { ChannelKind } from '../../contracts/channels.ts'

/** Something that a channel has to tell: it can be told again and again, as channels do. */
export interface News {
  /** Hands it to the product as the channel does. Gives the answer as an HTTP status. */
  tell(): Promise<number>
  /** The same, and nobody is there any more when the answer comes. */
  tellAndHangUp(): Promise<void>
}

export interface SentFile {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

/** Somebody who uses the door; their external ids are nobody else's. */
export interface Guest {
  /** What the channel calls them. */
  readonly externalId: string
  /** Opens the door, where a person must before we may write to them. */
  opens(): Promise<void>
  says(text: string): News
  /** A file with words beside it. */
  sends?(file: SentFile, words: string): Promise<void>
  /** Words with a file that is larger than what we keep. */
  offersTooMuch?(words: string): News
  /** Changes the words of a message that was told before. */
  edits?(said: News, text: string): News
  leaves?(): Promise<void>
  returns?(): Promise<void>
  /** The words of ours that reached them, oldest first. */
  heard(): Promise<string[]>
}

/** The other side of a webhook. */
export interface Webhook {
  post(body: Buffer, forged?: boolean): Promise<number>
  /** An update of a kind that the adapter does not know. */
  readonly unknown: Buffer
}

/** A door of a running installation, as its channel and its people use it. */
export interface TestDoor {
  readonly kind: ChannelKind
  readonly accountId: string
  newcomer(): Promise<Guest>
  /** Tells many things at once. */
  tellAll(news: readonly News[]): Promise<void>
  readonly webhook?: Webhook
  /** Hands in what nobody can read. Gives how often. */
  tellNonsense?(): Promise<number>
  /** Makes the next message of ours meet this. */
  trouble?(kind: Trouble): void
}

/** `busy`: asked to wait a second · `broken`: refused before anything happened · `deaf`: taken, but the answer gets lost. */
export type Trouble = 'busy' | 'broken' | 'deaf'

/** What a kind of door has: which cases are worth telling. */
export interface Traits {
  readonly kind: ChannelKind
  readonly webhook: boolean
  readonly files: boolean
  readonly edits: boolean
  /** People block it and come back. */
  readonly leaving: boolean
  /** We carry messages out; else the person's side fetches them. */
  readonly pushes: boolean
  /** The channel sends one of the same name once, so that an attempt whose answer got lost is repeated. */
  readonly repeatsSafely: boolean
  /** It tells when a message has been delivered. */
  readonly receipts: boolean
  /** The most letters of one message that come in whole. */
  readonly longest: number
  /** How many at once are a burst. */
  readonly burst: number
}
