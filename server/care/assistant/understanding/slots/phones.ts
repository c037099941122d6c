import { type Found, findDictated } from './numbers.ts'

export interface FoundPhone extends Found {
  /** E.164: +79161234567. */
  readonly msisdn: string
}

const WRITTEN = /(?<![\d+])\+?\d(?:[\s().–—-]{0,3}\d){9,10}(?!\d)/g

/**
 * Phone numbers of Russia as people write and say them: «8 (916) 123-45-67», «+7 916 1234567», «9161234567», «89161234567», and dictated:
 * «восемь девятьсот шестнадцать сто двадцать три сорок пять шестьдесят семь». Each once, in the order of the text.
 */
export function findPhones(text: string): FoundPhone[] {
  const found: FoundPhone[] = []
  const add = (digits: string, start: number, end: number) => {
    const msisdn = russian(digits)
    if (msisdn !== undefined && !found.some((one) => one.msisdn === msisdn))
      found.push({ msisdn, start, end })
  }
  for (const match of text.matchAll(WRITTEN))
    add(match[0].replace(/\D/g, ''), match.index, match.index + match[0].length)
  for (const { digits, start, end } of findDictated(text)) {
    if (!found.some((one) => one.start < end && start < one.end)) add(digits, start, end)
  }
  return found.sort((a, b) => a.start - b.start)
}

function russian(digits: string): string | undefined {
  if (/^[78][3489]\d{9}$/.test(digits)) return `+7${digits.slice(1)}`
  return /^9\d{9}$/.test(digits) ? `+7${digits}` : undefined
}
