const AHEAD_MS = 3 * 3_600_000

/** When a day of the operator's begins, `2026-11-24`; its zone has no summer time. */
export const morningOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - AHEAD_MS)

/** The day of the operator's at an instant. */
export const dayOf = (at: Date): string => new Date(at.getTime() + AHEAD_MS).toISOString().slice(0, 10)
