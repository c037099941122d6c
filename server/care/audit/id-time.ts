const ZERO = '0'

/**
 * The smallest UUID v7 of an instant (RFC 9562 §5.7: the first 48 bits are milliseconds since 1970), so that a period is a range
 * of primary keys and needs no index of its own.
 */
export function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, ZERO).slice(-12)
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
