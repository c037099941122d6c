import type { ChannelKind } from '../../../../contracts/channels.ts'

const HOUR_MS = 3_600_000

/**
 * Windows that decide where a message belongs. They are versioned, because measures are: each interaction and
 * conversation keeps the version under which it was opened.
 */
export interface FilingRules {
  readonly version: number
  /** An interaction ends after this much silence. */
  readonly silenceMs: Readonly<Record<ChannelKind, number>>
  /** A message this soon after resolving reopens the conversation (a re-contact); later it opens a new one. */
  readonly reopenMs: number
}

/** The design's windows: chats and messengers 24 h, mail 72 h; reopening within 72 h. */
export const FILING_RULES: FilingRules = {
  version: 1,
  silenceMs: {
    'web-chat': 24 * HOUR_MS,
    max: 24 * HOUR_MS,
    telegram: 24 * HOUR_MS,
    sms: 24 * HOUR_MS,
    my: 24 * HOUR_MS,
    email: 72 * HOUR_MS,
  },
  reopenMs: 72 * HOUR_MS,
}

/** The newest conversation that a message might belong to. */
export interface Candidate {
  readonly id: string
  readonly state: 'open' | 'snoozed' | 'resolved' | 'muted'
  readonly resolvedAt: Date | null
}

export type Filing =
  | { readonly act: 'continue'; readonly conversationId: string; readonly wake: boolean }
  | { readonly act: 'reopen'; readonly conversationId: string }
  | { readonly act: 'open' }

/**
 * Where a message of the person belongs.
 * @param candidate the conversation of its lane, or the person's newest open one; undefined if there is none
 * @param machine it was written by a machine: it is filed, but wakes and reopens nothing (RFC 3834)
 */
export function decideFiling(
  rules: FilingRules,
  candidate: Candidate | undefined,
  at: Date,
  machine: boolean,
): Filing {
  if (!candidate) return { act: 'open' }
  if (candidate.state !== 'resolved') {
    return { act: 'continue', conversationId: candidate.id, wake: candidate.state === 'snoozed' && !machine }
  }
  const since = at.getTime() - (candidate.resolvedAt?.getTime() ?? 0)
  if (since > rules.reopenMs) return { act: 'open' }
  return machine
    ? { act: 'continue', conversationId: candidate.id, wake: false }
    : { act: 'reopen', conversationId: candidate.id }
}

// Far above any instant in milliseconds: whoever waits stands above whoever does not.
export const WAITING = 1_000_000_000_000_000

/** Place in the inbox, descending: the longest waiting first, then what changed last. */
export function rankOf(waitingSince: Date | null, changedAt: Date): number {
  return waitingSince ? WAITING - waitingSince.getTime() : changedAt.getTime()
}
