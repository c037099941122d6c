import { Refusal } from '../refusal.ts'
import { Unavailable } from './unavailable.ts'

// Nothing of the request can have left yet: names, connecting and TLS come before it.
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/

/** Words the failure of a request. Refusals go through as they are: ours, not theirs. */
export function failureOf(error: unknown, service: string): Refusal {
  const refusal = refusalIn(error)
  if (refusal) return refusal
  const code = codeOf(error)
  return new Unavailable(service, {
    reason: isTimeout(error) ? 'timeout' : (code ?? 'failed'),
    mayHaveArrived: code === undefined || !BEFORE_SENDING.test(code),
    cause: error,
  })
}

// Happy eyeballs wrap the failures of single addresses in an aggregate.
function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof AggregateError) return error.errors.map(refusalIn).find((one) => one !== undefined)
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : undefined
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return codeOf(error.cause)
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(TimeoutError|AbortError|(Connect|Headers|Body)TimeoutError)$/.test(error.name)
  )
}
