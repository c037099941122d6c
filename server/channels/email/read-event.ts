import { createHash } from 'node:crypto'
import type { ChannelAccountRow, InboundEvent, InboundMessage } from '../../care/timeline/index.ts'
import { type AuthenticationSettings, authenticateSender } from './authenticate-sender.ts'
import { comparableAddress, type MailAddress, splitAddress } from './mail-address.ts'
import { bodyOf, filesOf } from './mail-body.ts'
import { makeMessageId, readMessageId } from './own-ids.ts'
import { headerValues, type ParsedMail, parseMail } from './parse-mail.ts'
import { type Bounce, readBounce } from './read-bounce.ts'
import { recogniseMachine } from './recognise-machine.ts'
import { type Mailbox, mailboxOf } from './settings.ts'
import { threadMail } from './thread-mail.ts'
import { requireRead } from './unread-mail.ts'

/** Nobody could be answered and no lane be found: the mail is kept and shown among what could not be filed. */
export class SenderMissing extends Error {
  override readonly name = 'SenderMissing'
}

/**
 * The one event that a mail is: a message, or what became of a message of ours.
 * @throws SenderMissing · MailUnread · z.ZodError settings or secrets are not complete
 */
export async function readEvent(
  account: ChannelAccountRow,
  raw: Buffer,
  resolve: AuthenticationSettings['resolve'],
): Promise<InboundEvent> {
  requireRead(raw)
  const mailbox = mailboxOf(account)
  const mail = await parseMail(raw)
  return readReceipt(mail, mailbox) ?? readMessage(account, mailbox, mail, raw, resolve)
}

/** A notification of delivery about a mail that is provably ours; one about another's is a message of a machine. */
function readReceipt(mail: ParsedMail, { own }: Mailbox): InboundEvent | null {
  const bounce = readBounce(mail)
  const place = bounce?.originalMessageId && readMessageId(bounce.originalMessageId, own.keys)
  if (!bounce || !place) return null
  const failed = bounce.deliveries.find(({ action }) => action === 'failed')
  if (!failed) return { kind: 'ignored', why: 'a notification of delay or of passing on' }
  return {
    kind: 'receipt',
    key: keyOf(mail),
    messageId: asSent(bounce),
    state: 'failed',
    reason: [failed.status, failed.diagnostic].filter(Boolean).join(' ') || 'bounced',
    providerAt: mail.sentAt,
  }
}

/** Hosts on the way may have changed the case of our Message-ID, which we write in lower case. */
function asSent({ originalMessageId }: Bounce): string {
  return (originalMessageId ?? '').trim().toLowerCase()
}

async function readMessage(
  account: ChannelAccountRow,
  { own, authservId }: Mailbox,
  mail: ParsedMail,
  raw: Buffer,
  resolve: AuthenticationSettings['resolve'],
): Promise<InboundMessage> {
  const sender = senderOf(mail)
  const authentication = await authenticateSender(raw, mail, { authservId: authservId ?? null, resolve })
  const verdict = recogniseMachine(mail, { loopMark: own.loopMark, addresses: [own.from.address] })
  const thread = threadMail(mail, own.keys)
  const files = filesOf(mail)
  return {
    kind: 'message',
    key: keyOf(mail),
    from: {
      channelAccountId: account.id,
      channel: 'email',
      externalId: sender.address,
      address: sender.address,
      ...(sender.name !== '' && { displayName: sender.name }),
    },
    providerAt: mail.sentAt,
    body: {
      ...bodyOf(mail, authentication, verdict, own.from.address),
      ...(thread.by === 'message-id' && { thread: { laneId: thread.laneId, seq: thread.seq } }),
      ...(thread.by === 'reply-address' && { thread: { laneId: thread.laneId, seq: 0 } }),
    },
    ...(files.length > 0 && { files }),
    ...(!mail.isMessageIdMade && { messageId: mail.messageId }),
    ...(thread.by === 'message-id' && { replyTo: makeMessageId(thread, own.domain, own.keys) }),
    ...(authentication.dmarc === 'pass' && mail.from && { vouched: 'dmarc' }),
    ...(verdict.machine && { machine: true }),
  }
}

/**
 * The Message-ID with its sender and the time of writing: anybody can repeat the Message-ID that somebody else's mail has, and must not keep
 * that mail from being stored, nor may a machine that gives all of its mails one. Copies of a mail have all three. As a digest: the name of an
 * event outlives the erasure of who sent it.
 */
function keyOf(mail: ParsedMail): string {
  return createHash('sha256')
    .update(`${mail.messageId} ${mail.from?.address ?? ''} ${mail.sentAt?.toISOString() ?? ''}`)
    .digest('base64url')
}

/** The From; where it is none, what the delivering server noted (RFC 5321 §4.4). */
function senderOf(mail: ParsedMail): MailAddress {
  if (mail.from) return mail.from
  const noted = headerValues(mail, 'return-path').map((value) =>
    comparableAddress(value.replace(/[<>]/g, '')),
  )
  const address = noted.find((one) => one !== null && splitAddress(one) !== null)
  if (!address) throw new SenderMissing('a mail without a sender')
  return { name: '', address }
}
