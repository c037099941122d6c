import type { ErrorCode } from '../../../contracts/problems.ts'

export interface ProblemKind {
  /** HTTP status. */
  readonly status: number
  /** For whoever writes a program against us: what happened, and what to do. Names of facts stand in backquotes. */
  readonly means: string
}

/** The one table of what each code is answered with and what it means; its text for people stands in `web/shared/problems/`. */
export const PROBLEM_KINDS: Readonly<Record<ErrorCode, ProblemKind>> = {
  invalid_request: { status: 400, means: 'The request does not fit its schema; `issues` says where.' },
  malformed_json: {
    status: 400,
    means: 'The body is not JSON, or was not called JSON (`Content-Type: application/json`).',
  },
  payload_too_large: { status: 413, means: 'The body is larger than this operation takes.' },
  not_found: { status: 404, means: 'It is not there, or not for you to know of.' },
  unauthenticated: { status: 401, means: 'No session or token came along, or it has ended or been revoked.' },
  wrong_credentials: { status: 401, means: 'The e-mail and the password do not belong together.' },
  second_factor_required: {
    status: 401,
    means: 'The password is right; the code from the authenticator app is still missing.',
  },
  wrong_second_factor: { status: 401, means: 'The code from the authenticator app does not match.' },
  second_factor_unenrolled: {
    status: 403,
    means: 'The role demands a second factor: connect an authenticator app first.',
  },
  password_due: {
    status: 403,
    means: 'Signed in with a password that somebody gave: choose one of your own first.',
  },
  session_locked: {
    status: 423,
    means: 'The desk was left alone and is locked: unlock it with the password.',
  },
  forbidden: { status: 403, means: 'Known, but neither the role nor the scopes of the token allow this.' },
  origin_not_allowed: {
    status: 403,
    means: 'The page that asks is not on the list of sites, or the request came from another site.',
  },
  rate_limited: { status: 429, means: 'Too often: come again in `retryAfterMs`.' },
  idempotency_key_reused: {
    status: 409,
    means: 'The same `Idempotency-Key` came with another body. Take a new key for another wish.',
  },
  told_once: {
    status: 409,
    means:
      'It was done under this `Idempotency-Key`, and the secret in its answer is told no second time. End what was made and make it anew.',
  },
  conflict: {
    status: 409,
    means:
      'The thing changed since it was read; where there is one, `current` is its version now. Read it again, then decide.',
  },
  already_claimed: { status: 409, means: 'Somebody else was first; `assignee` says who.' },
  capacity_exceeded: { status: 409, means: 'The agent has as many open conversations as allowed.' },
  need_to_know: {
    status: 403,
    means: 'Not a person of a current or recent conversation: a reason opens it, and is recorded.',
  },
  reveal_cap_reached: { status: 429, means: 'As many masked values were revealed today as one may.' },
  conversation_resolved: { status: 409, means: 'The conversation is resolved: reopen it first.' },
  channel_paused: { status: 409, means: 'An administrator has paused this channel.' },
  channel_unreachable: { status: 409, means: 'The person blocked or left this door; facts say since when.' },
  channel_policy: {
    status: 409,
    means: 'By law or by the operator’s rule this channel carries nothing but the invitation to others.',
  },
  personal_data: {
    status: 422,
    means: 'This channel may carry nothing personal; `found` names the kinds of what has to go.',
  },
  channel_unsupported: { status: 409, means: 'The door cannot carry this kind of content.' },
  reply_window_closed: {
    status: 409,
    means: 'The channel’s time for a free reply is over; it ended at `closedAt`.',
  },
  text_too_long: {
    status: 422,
    means: '`length` is more than `max`, both in the unit in which the channel counts.',
  },
  too_many_attachments: { status: 422, means: 'More files than the channel carries with one message.' },
  attachment_too_large: { status: 413, means: 'The file is larger than `maxBytes`.' },
  attachment_not_allowed: {
    status: 415,
    means: 'Files of this type are not taken. The type is judged from the bytes, whatever the name says.',
  },
  not_undoable: { status: 409, means: 'The message has left already.' },
  not_retryable: { status: 409, means: 'The message did not fail, or cannot be sent again.' },
  code_wrong: { status: 403, means: 'The code does not match; `attemptsLeft` more tries.' },
  code_expired: { status: 410, means: 'The code has expired, or was used up: ask for a new one.' },
  link_conflict: { status: 409, means: 'The contact is linked to somebody else now.' },
  private_address: {
    status: 422,
    means: 'The address leads into a private network, which nothing is sent to.',
  },
  unavailable: { status: 503, means: 'Something that this needs is away: come again in `retryAfterMs`.' },
  database_unavailable: {
    status: 503,
    means: 'The database is away, or has no room: come again in `retryAfterMs`. Nothing was half done.',
  },
  webhook_unauthentic: {
    status: 401,
    means: 'The secret or the signature of the webhook is wrong or missing.',
  },
  insufficient_balance: { status: 409, means: 'Money or volume would fall below what the account allows.' },
  order_refused: { status: 409, means: 'It cannot be done to this line now; `conflicts` says why.' },
  market_refused: {
    status: 409,
    means: 'It cannot be sold or bought now; `obstacles` say why, `lots` how the lots stand now.',
  },
  fresh_code_required: {
    status: 403,
    means: 'Money, blocking and call details ask for a code by SMS that is not older than some minutes.',
  },
  erased: { status: 410, means: 'The content was destroyed, by erasure or by the retention rules.' },
}
