import { createHmac, timingSafeEqual } from 'node:crypto'
import { parse as bytesOfUuid, stringify as uuidOfBytes, validate } from 'uuid'
import { splitAddress } from './mail-address.ts'

/**
 * Our marks in mails that leave: `<o.LANE.SEQ.PROOF@domain>` as Message-ID and `support+LANEPROOF@…` as the address for replies.
 * The proof is an HMAC, so that a stranger who knows a lane cannot write himself into it. Letters are base32 in lower case: hosts on
 * the way may change the case of both.
 */

/** Where a mail of ours stands: the lane and its number in it. */
export type MailPlace = { readonly laneId: string; readonly seq: number }

/** Newest first: the first makes, all are accepted, so that a key can be changed without losing the threads. At least 32 bytes each. */
export type MailKeys = readonly [Uint8Array, ...Uint8Array[]]

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const laneChars = 26
const proofBytes = 8
const proofChars = 13
/** RFC 5321 §4.5.3.1.1 */
const localPartMax = 64

/** The Message-ID of the entry `seq` of a lane. Raises RangeError for what is no UUID or no sequence number. */
export function makeMessageId({ laneId, seq }: MailPlace, domain: string, keys: MailKeys): string {
  if (!Number.isSafeInteger(seq) || seq < 0)
    throw new RangeError('a sequence number is a whole number from 0')
  const lane = laneToText(laneId)
  return `<o.${lane}.${seq}.${proofOf(keys[0], `message.${lane}.${seq}`)}@${domain}>`
}

/** The place that a Message-ID of ours names; null for another's and for a forged one. */
export function readMessageId(id: string, keys: MailKeys): MailPlace | null {
  const [, lane, number, proof] =
    /^<?o\.([a-z2-7]{26})\.(\d{1,15})\.([a-z2-7]{13})@/.exec(id.trim().toLowerCase()) ?? []
  if (lane === undefined || number === undefined || proof === undefined) return null
  return isProofOf(keys, `message.${lane}.${number}`, proof)
    ? { laneId: textToLane(lane), seq: Number(number) }
    : null
}

/**
 * `support@example.ru` → `support+…@example.ru`, an address whose replies find the lane.
 * Raises RangeError when the local part would be over the 64 octets that hosts accept.
 */
export function makeReplyAddress(address: string, laneId: string, keys: MailKeys): string {
  const { local, domain } = splitAddress(address) ?? { local: '', domain: '' }
  const lane = laneToText(laneId)
  const marked = `${local}+${lane}${proofOf(keys[0], `reply.${lane}`)}`
  if (local === '' || Buffer.byteLength(marked) > localPartMax)
    throw new RangeError('the address leaves no room for a token')
  return `${marked}@${domain}`
}

/** The lane that an address of ours names; null for one without a token and for a forged one. Whose domain it is, the caller knows. */
export function readReplyAddress(address: string, keys: MailKeys): string | null {
  const local = splitAddress(address)?.local.toLowerCase() ?? ''
  const token = local.slice(local.lastIndexOf('+') + 1)
  if (!local.includes('+') || !/^[a-z2-7]{39}$/.test(token)) return null
  const lane = token.slice(0, laneChars)
  return isProofOf(keys, `reply.${lane}`, token.slice(laneChars)) ? textToLane(lane) : null
}

function proofOf(key: Uint8Array, text: string): string {
  return toBase32(createHmac('sha256', key).update(text).digest().subarray(0, proofBytes))
}

function isProofOf(keys: MailKeys, text: string, proof: string): boolean {
  const given = Buffer.from(proof)
  return (
    given.length === proofChars && keys.some((key) => timingSafeEqual(Buffer.from(proofOf(key, text)), given))
  )
}

function laneToText(laneId: string): string {
  if (!validate(laneId)) throw new RangeError('a lane is named by a UUID')
  return toBase32(bytesOfUuid(laneId))
}

/** Only for text whose proof stands: it was a UUID when we wrote it. */
function textToLane(text: string): string {
  return uuidOfBytes(fromBase32(text))
}

/** RFC 4648 §6 without padding, in lower case. */
function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet.charAt(Number.parseInt(five.padEnd(5, '0'), 2)))
    .join('')
}

function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
