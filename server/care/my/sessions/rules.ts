const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long sessions last, in milliseconds: without being used, and at most. */
const LASTS = {
  /** One's own phone. */
  trusted: { idle: 90 * DAY, most: 365 * DAY, touch: HOUR },
  /** A browser that others may use: it goes with the browser, and soon. */
  other: { idle: 30 * MINUTE, most: 12 * HOUR, touch: MINUTE },
} as const

/** For so long after a code was told nothing asks for another one. */
export const FRESH_MS = 10 * MINUTE

export const rulesFor = (trusted: boolean) => (trusted ? LASTS.trusted : LASTS.other)
