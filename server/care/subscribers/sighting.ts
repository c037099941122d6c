import type { ChannelKind } from '../../../contracts/channels.ts'

/** Somebody was seen at a door: what a channel tells of whoever wrote. */
export interface Sighting {
  readonly channelAccountId: string
  readonly channel: ChannelKind
  /** The channel's own name of the person, never empty. */
  readonly externalId: string
  /** The same as people know it: a number (E.164 without +), an address, a user's id. */
  readonly address: string
  readonly displayName?: string
  /** Without @. */
  readonly username?: string
  /** As the channel tells it (`ru`, `ru-RU`). */
  readonly locale?: string
  /** Further external ids of the same person in the same channel account. */
  readonly aliases?: readonly string[]
}
