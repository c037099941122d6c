const formats = new Map<string, Intl.DateTimeFormat>()

/** The day of the calendar in a time zone (IANA), as `YYYY-MM-DD`. */
export function dayIn(timeZone: string, at: Date): string {
  const known = formats.get(timeZone)
  // Swedish writes dates as ISO 8601 does.
  const format = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  if (!known) formats.set(timeZone, format)
  return format.format(at)
}

/** The first day that is not yet over everywhere on Earth: the clocks are 26 hours apart, from +14 to −12. */
export function firstOpenDay(at: Date): string {
  return new Date(at.getTime() - 12 * 3_600_000).toISOString().slice(0, 10)
}
