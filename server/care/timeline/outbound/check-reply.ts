import type { Capabilities, ChannelPolicy } from '../../../../contracts/channels.ts'
import { type PersonalData, personalDataIn } from '../../../../contracts/personal-data.ts'
import { Refusal } from '../../../platform/refusal.ts'

/** What is known of the door at the moment of acting. */
export interface Door {
  readonly state: 'active' | 'paused'
  readonly policy: ChannelPolicy
  readonly capabilities: Capabilities
  readonly unreachableSince: Date | null
  readonly lastInboundAt: Date | null
}

export interface Reply {
  readonly text: string
  readonly attachments: readonly { readonly bytes: number }[]
}

/** When the channel's window for free text closes; null = it has none. */
export function windowClosesAt(capabilities: Capabilities, lastInboundAt: Date | null): Date | null {
  if (capabilities.windowHours === null) return null
  return new Date((lastInboundAt?.getTime() ?? 0) + capabilities.windowHours * 3_600_000)
}

/** Length of a text as the channel counts it. SMS: segments of GSM 7-bit (160/153) or UCS-2 (70/67), 3GPP TS 23.038. */
export function lengthOf(text: string, unit: Capabilities['textUnit']): number {
  if (unit === 'utf16') return text.length
  if (unit === 'code-points') return [...text].length
  return smsSegments(text)
}

const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/
const GSM_EXTENDED = /[\^{}\\[~\]|€]/g

function smsSegments(text: string): number {
  const gsm = GSM.test(text)
  const length = gsm ? text.length + (text.match(GSM_EXTENDED)?.length ?? 0) : text.length
  const [single, part] = gsm ? [160, 153] : [70, 67]
  return length <= single ? 1 : Math.ceil(length / part)
}

/**
 * Refuses a reply that the channel cannot carry, before anything is stored: `channel_paused`, `channel_policy`,
 * `channel_unreachable`, `reply_window_closed`, `personal_data`, `channel_unsupported`, `too_many_attachments`, `attachment_too_large`,
 * `text_too_long`. The facts say what would be possible.
 */
export function checkReply(door: Door, reply: Reply, now: Date): void {
  if (door.state === 'paused') throw new Refusal('channel_paused')
  checkPolicy(door.policy)
  if (door.unreachableSince)
    throw new Refusal('channel_unreachable', { since: door.unreachableSince.toISOString() })
  const closesAt = windowClosesAt(door.capabilities, door.lastInboundAt)
  if (closesAt && closesAt <= now)
    throw new Refusal('reply_window_closed', { closedAt: closesAt.toISOString() })
  checkPersonal(door.policy, reply)
  checkAttachments(door.capabilities, reply)
  checkText(door.capabilities, reply)
}

/** Refuses with `channel_policy` where nothing but the invitation may leave (41-FZ). */
export function checkPolicy(policy: ChannelPolicy): void {
  if (policy === 'invite-only') throw new Refusal('channel_policy', { policy })
}

/** What a reply must not hold at a door with this policy; empty: it may leave. Nobody can tell what a file shows, so none may. */
export function forbiddenIn(
  policy: ChannelPolicy,
  reply: { readonly text: string; readonly attachments: readonly unknown[] },
): (PersonalData | 'attachment')[] {
  if (policy !== 'no-personal-data') return []
  const files = reply.attachments.length > 0 ? (['attachment'] as const) : []
  return [...personalDataIn(reply.text), ...files]
}

function checkPersonal(policy: ChannelPolicy, reply: Reply): void {
  const forbidden = forbiddenIn(policy, reply)
  if (forbidden.length > 0) throw new Refusal('personal_data', { found: forbidden })
}

function checkAttachments({ attachments }: Capabilities, reply: Reply): void {
  if (reply.attachments.length === 0) return
  if (!attachments) throw new Refusal('channel_unsupported', { what: 'attachments' })
  if (reply.attachments.length > attachments.max)
    throw new Refusal('too_many_attachments', { max: attachments.max })
  if (reply.attachments.some((one) => one.bytes > attachments.maxBytes)) {
    throw new Refusal('attachment_too_large', { maxBytes: attachments.maxBytes })
  }
}

function checkText({ textMax, captionMax, textUnit }: Capabilities, reply: Reply): void {
  if (reply.text.trim() === '' && reply.attachments.length === 0)
    throw new Refusal('invalid_request', { what: 'nothing to send' })
  const max = reply.attachments.length > 0 && captionMax !== null ? captionMax : textMax
  if (max === null) return
  const length = lengthOf(reply.text, textUnit)
  if (length > max) throw new Refusal('text_too_long', { max, length, unit: textUnit })
}
