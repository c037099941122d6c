import type { ChannelKind } from '../../../contracts/channels.ts'

const HIDDEN = '***'

/** What an agent sees of an address before they reveal it with a reason: enough to tell two apart, not enough to write or call. */
export function maskAddress(channel: ChannelKind, address: string): string {
  if (channel === 'sms') return maskNumber(address)
  if (channel === 'email') return maskMail(address)
  if (channel === 'web-chat') return maskVisitor(address)
  return maskName(address)
}

/** 79001234567 → +7 900 ***-**-67. Numbers of other countries keep their first digit and the last two. */
export function maskNumber(msisdn: string): string {
  const digits = msisdn.replace(/\D/g, '')
  if (digits.length < 7) return HIDDEN
  const end = digits.slice(-2)
  const russian = /^7\d{10}$/.test(digits)
  return russian ? `+7 ${digits.slice(1, 4)} ***-**-${end}` : `+${digits.slice(0, 1)} *** ${end}`
}

/** anna@mail.ru → a***@mail.ru. */
function maskMail(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 1) return HIDDEN
  return `${firstOf(address)}${HIDDEN}${address.slice(at)}`
}

/** Анна <anna@mail.ru> → Анна <a***@mail.ru>: a mailbox as a mail names it. The name stays, unless it is an address itself. */
export function maskMailbox(mailbox: string): string {
  const [, name, address] = /^([^<]*)<([^<>]*)>$/.exec(mailbox) ?? []
  if (name === undefined || address === undefined) return mailbox === '' ? '' : maskMail(mailbox)
  const words = name.split(/(\s+)/).map((word) => (word.includes('@') ? maskMail(word) : word))
  return `${words.join('')}<${maskMail(address)}>`
}

/** A user's id or name: its first character, and its last where enough stays hidden between them. */
function maskName(name: string): string {
  const characters = [...name.replace(/^@/, '')]
  const at = name.startsWith('@') ? '@' : ''
  if (characters.length < 3) return `${at}${HIDDEN}`
  const end = characters.length > 5 ? characters.at(-1) : ''
  return `${at}${characters[0]}${HIDDEN}${end}`
}

/** The id of a visitor of our own chat, by which nobody can be reached: its end, for all of one day begin alike (UUID version 7). */
const maskVisitor = (id: string): string => HIDDEN + id.slice(-4)

const firstOf = (text: string) => String.fromCodePoint(text.codePointAt(0) ?? 42)
