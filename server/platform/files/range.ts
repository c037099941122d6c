import type { ByteRange } from './files.ts'

/**
 * One range of a Range header (RFC 9110, 14.2). Several, or another unit, count as none: the whole is a valid answer.
 * @param bytes length of the content
 */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  const [, from = '', to = ''] = match ?? []
  if (!match || (from === '' && to === '')) return undefined
  // `-500` are the last 500 bytes.
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (from !== '' && to !== '' && Number(from) > Number(to)) return undefined
  return first < bytes && first <= last ? { first, last } : 'unsatisfiable'
}
