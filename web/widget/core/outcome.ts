import type { Answer } from './api.ts'

/** What became of one attempt to send. */
export type Outcome =
  | { readonly kind: 'stored'; readonly seq: number | null }
  /** Try the same again: the network, the server or a limit was in the way. */
  | { readonly kind: 'later'; readonly code: string; readonly afterMs?: number | undefined }
  /** The server will say the same next time. */
  | { readonly kind: 'refused'; readonly code: string }

/** A paused chat is asked again this often; a person may pause it for minutes or days. */
const PAUSED_RETRY_MS = 30_000
/** Codes after which the same request may succeed later. */
const PASSING = new Set(['offline', 'rate_limited', 'channel_paused', 'unavailable', 'database_unavailable'])

export const outcomeOf = (answer: Answer<{ seq: number | null }>): Outcome => {
  if (answer.ok) return { kind: 'stored', seq: answer.value.seq }
  const { code, status, afterMs } = answer
  if (code === 'channel_paused') return { kind: 'later', code, afterMs: afterMs ?? PAUSED_RETRY_MS }
  if (PASSING.has(code) || status >= 500 || status === 401) return { kind: 'later', code, afterMs }
  return { kind: 'refused', code }
}
