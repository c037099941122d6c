import { Id } from '../../../../contracts/primitives.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { BookPlace } from '../store/book.ts'

/** A place in the book as a cursor. */
export const bookCursor = ({ price, at, id }: BookPlace): string => `${price}_${at.getTime()}_${id}`

/** Refuses a strange one with `invalid_request`. */
export function readBookCursor(after: string | undefined): BookPlace | undefined {
  if (after === undefined) return undefined
  const [price = '', at = '', id = ''] = after.split('_')
  if (!/^\d{1,16}$/.test(price) || !/^\d{1,15}$/.test(at) || !Id.safeParse(id).success)
    throw new Refusal('invalid_request', { in: 'after' })
  return { price: Number(price), at: new Date(Number(at)), id }
}
