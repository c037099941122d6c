import { mailLimits } from './mail-limits.ts'
import { type MailKeys, type MailPlace, makeMessageId, readMessageId, readReplyAddress } from './own-ids.ts'
import type { ParsedMail } from './parse-mail.ts'

/**
 * Where a received mail belongs by proof. It says what is answered, never who writes: a sender who is not yet in the lane is a new,
 * unproved contact point, and nothing of the lane goes to that address.
 */
export type MailThread =
  | { readonly by: 'message-id'; readonly laneId: string; readonly seq: number }
  | { readonly by: 'reply-address'; readonly laneId: string }
  | { readonly by: 'none' }

/**
 * In-Reply-To, then References from the latest back, against our own Message-IDs; then the token in the address written to. Never the
 * subject: anybody can write one.
 */
export function threadMail(
  mail: Pick<ParsedMail, 'inReplyTo' | 'references' | 'to' | 'cc' | 'headers'>,
  keys: MailKeys,
): MailThread {
  const answered = [...mail.inReplyTo, ...mail.references.toReversed()]
  const place = firstOf(answered, (id) => readMessageId(id, keys))
  if (place) return { by: 'message-id', ...place }
  const laneId = firstOf(addressesOf(mail), (address) => readReplyAddress(address, keys))
  return laneId === null ? { by: 'none' } : { by: 'reply-address', laneId }
}

/** The headers that put a mail of ours into its thread and keep machines quiet about it. */
export type ThreadHeaders = {
  readonly messageId: string
  readonly inReplyTo?: string
  readonly references?: string[]
}

/** Message-ID, In-Reply-To and References (RFC 5322 §3.6.4, at most 20) of the answer `place` to a mail, or of a first mail. */
export function threadHeaders(
  place: MailPlace,
  answered: Pick<ParsedMail, 'messageId' | 'isMessageIdMade' | 'references' | 'inReplyTo'> | null,
  domain: string,
  keys: MailKeys,
): ThreadHeaders {
  const messageId = makeMessageId(place, domain, keys)
  if (!answered || answered.isMessageIdMade) return { messageId }
  const before = answered.references.length > 0 ? answered.references : answered.inReplyTo.slice(0, 1)
  const chain = [...before.filter((id) => id !== answered.messageId), answered.messageId]
  const tail = chain.slice(1).slice(1 - mailLimits.references)
  return { messageId, inReplyTo: answered.messageId, references: [...chain.slice(0, 1), ...tail] }
}

/** Everybody written to, also where a forwarding host noted it: a copy by Bcc has no other trace. */
function addressesOf(mail: Pick<ParsedMail, 'to' | 'cc' | 'headers'>): string[] {
  const noted = mail.headers.filter(({ name }) => /^(?:delivered-to|x-original-to|envelope-to)$/.test(name))
  return [...mail.to, ...mail.cc]
    .map(({ address }) => address)
    .concat(noted.map(({ value }) => value.replace(/[<>\s]/g, '')))
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}
