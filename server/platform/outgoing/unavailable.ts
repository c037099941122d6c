import { Refusal } from '../refusal.ts'

/**
 * Something outside did not do its part: answered 503 to whoever waits, retried by jobs. `service` is a host name, never an address
 * with a token in it.
 */
export class Unavailable extends Refusal {
  readonly service: string
  /** When to try again, in milliseconds; undefined: the other side did not say. */
  readonly retryAfterMs: number | undefined
  /** The request may have been received and done: repeating it may do it twice. */
  readonly mayHaveArrived: boolean
  /** The status it answered, if it did. */
  readonly status: number | undefined

  constructor(service: string, why: UnavailableDetails) {
    const { retryAfterMs, status, reason } = why
    super('unavailable', { service, reason, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    this.service = service
    this.retryAfterMs = retryAfterMs
    this.mayHaveArrived = why.mayHaveArrived
    this.status = status
    this.cause = why.cause
  }
}

export interface UnavailableDetails {
  /** In a word: `timeout`, `ECONNREFUSED`, `status 502`. */
  readonly reason: string
  readonly mayHaveArrived: boolean
  readonly retryAfterMs?: number | undefined
  readonly status?: number | undefined
  readonly cause?: unknown
}
