import { createHmac } from 'node:crypto'
import type { Person } from '../core/people.ts'

/** A contact card as MAX sends it when a person presses `request_contact`: vCard 3.0, CRLF, the number without plus. */
export function vcfOf(person: Pick<Person, 'firstName' | 'lastName' | 'msisdn'>): string {
  const name = `${person.firstName} ${person.lastName}`.trim()
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `TEL;TYPE=cell:${person.msisdn}`, `FN:${name}`, 'END:VCARD']
  return `${lines.join('\r\n')}\r\n`
}

/**
 * The proof that the number is the account's own: HMAC-SHA256 of `vcf_info` with real line breaks, keyed by
 * the bot's token, in lower-case hex (dev.max.ru/docs-api, button `request_contact`; the documentation does not
 * name the encoding, bots in the field compare hex).
 */
export const contactHash = (vcfInfo: string, botToken: string): string =>
  createHmac('sha256', botToken).update(vcfInfo).digest('hex')
