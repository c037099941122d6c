export interface RetryPolicy {
  /** Ceiling of the first pause, in milliseconds. */
  readonly baseMs: number
  /** No pause is longer, but for what the other side asks. */
  readonly maxMs: number
  /** 0 ≤ x < 1; default Math.random. */
  readonly random?: () => number
}

/**
 * How long to wait before attempt `attempt` + 1 (1 = the first one failed): full jitter, drawn below a ceiling that doubles, so that many
 * who failed together do not come back together. Never before `retryAfterMs`, which the other side asked for.
 */
export function retryDelay(attempt: number, policy: RetryPolicy, retryAfterMs = 0): number {
  const { baseMs, maxMs, random = Math.random } = policy
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 50))
  const jitter = Math.round(random() * ceiling)
  return retryAfterMs > 0 ? retryAfterMs + Math.min(jitter, baseMs) : jitter
}

/** Milliseconds of a Retry-After header: seconds or a date (RFC 9110, 10.2.3); undefined when it is neither. */
export function retryAfterOf(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Math.ceil(Number(header) * 1000)
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
