import { createHmac } from 'node:crypto'
import type { InboundMessage } from '../../care/timeline/index.ts'
import { sameSecret } from '../../platform/same-secret.ts'
import type { MaxAttachment } from './wire.ts'

type SharedContact = NonNullable<InboundMessage['sharedContact']>
type Card = Extract<MaxAttachment, { type: 'contact' }>['payload']

/**
 * A card that a person sent; undefined without a number. It is proved to be their own number when MAX names them as its owner and its
 * `hash` is HMAC-SHA256 of the card, keyed by the bot's token, in hex (dev.max.ru/docs-api, button `request_contact`).
 * @param token of the bot; undefined proves nothing
 */
export function readContact(
  card: Card,
  senderId: string,
  token: string | undefined,
): SharedContact | undefined {
  const vcf = card.vcf_info ?? ''
  const msisdn = lineOf(vcf, 'TEL').replace(/\D/g, '')
  if (msisdn === '') return undefined
  const own = card.max_info?.user_id === senderId
  const genuine = token !== undefined && sameSecret(card.hash?.toLowerCase(), hashOf(vcf, token))
  return { msisdn, name: lineOf(vcf, 'FN'), proved: own && genuine }
}

function hashOf(vcf: string, token: string): string {
  return createHmac('sha256', token).update(vcf).digest('hex')
}

/** The value of a vCard's first line of this name, with or without parameters (RFC 6350, 3.3), unescaped (3.4). */
function lineOf(vcf: string, name: string): string {
  const line = vcf.split(/\r?\n/).find((one) => new RegExp(`^(?:[\\w-]+\\.)?${name}[;:]`, 'i').test(one))
  if (line === undefined) return ''
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\\([\\,;])/g, '$1')
    .trim()
}
