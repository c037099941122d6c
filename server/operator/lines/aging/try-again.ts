import type { Draft } from '../draft/draft.ts'
import { mayBeCharged } from '../draft/state.ts'
import type { ConnectedState } from '../line-state.ts'
import { resume } from './connected.ts'
import { beginAgain } from './period.ts'
import { collectPromised } from './promised.ts'

/**
 * Money came, or what was in the way is gone: whatever waits is tried, the most needed first: what is owed, the tariff, options, then
 * subscriptions. What comes earlier and cannot be paid keeps the later ones waiting.
 */
export function tryAgain(draft: Draft, at: Date): void {
  const { line, rules } = draft
  line.retryAt = null
  draft.changes.touched = true
  if (line.endedAt !== null) return
  if (line.promised?.overdue) collectPromised(draft, line.promised, at)
  if (line.promised?.overdue) return
  if (!line.period.paid) beginAgain(draft, at)
  if (!mayBeCharged(line, rules)) return
  const resting = line.connected.filter(({ pausedFor }) => pausedFor !== null)
  for (const connected of [...resting.filter(isOption), ...resting.filter((one) => !isOption(one))]) {
    resume(draft, connected, at)
  }
}

const isOption = ({ offering }: ConnectedState) => offering.terms.kind === 'option'
