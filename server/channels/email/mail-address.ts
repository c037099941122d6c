import { domainToASCII, domainToUnicode } from 'node:url'

/** A mailbox: `name` may be empty, `address` is always `local@domain` in its comparable form. */
export type MailAddress = { readonly name: string; readonly address: string }

/** RFC 5321 §4.5.3.1: 64 octets of local part, 255 of domain. */
const localMax = 64
const domainMax = 255

/**
 * The form in which addresses are compared and stored: the domain lower-cased and in ASCII (IDNA), the local part as written
 * (RFC 5321 §2.4: its case belongs to the receiving host).
 * Gives null for what is not one plain mailbox.
 */
export function comparableAddress(address: string): string | null {
  const parts = splitAddress(address.trim())
  if (!parts) return null
  const domain = domainToASCII(parts.domain).replace(/\.$/, '')
  const fits = domain !== '' && domain.length <= domainMax && Buffer.byteLength(parts.local) <= localMax
  return fits ? `${parts.local}@${domain}` : null
}

/** The address as a person reads it: an IDN domain in its own letters. */
export function readableAddress(address: string): string {
  const parts = splitAddress(address)
  if (!parts) return address
  const domain = domainToUnicode(parts.domain)
  return domain === '' ? address : `${parts.local}@${domain}`
}

/** Whether two addresses are the same mailbox. What is no address equals nothing. */
export function sameAddress(one: string, other: string): boolean {
  const comparable = comparableAddress(one)
  return comparable !== null && comparable === comparableAddress(other)
}

/** Local part and domain as written, split at the last @; null when either is missing or has forbidden characters. */
export function splitAddress(address: string): { local: string; domain: string } | null {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = address.slice(at + 1)
  const isPlain = at > 0 && domain !== '' && !/[\p{Cc}\s<>,;]/u.test(address) && !/[@:/?#\\]/.test(domain)
  return isPlain ? { local, domain } : null
}
