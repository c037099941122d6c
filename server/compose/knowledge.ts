import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { recordChange } from '../care/audit/index.ts'
import type { HelpDeps, KnowledgeDeps } from '../care/knowledge/index.ts'
import type { Clock } from '../platform/clock.ts'
import { Refusal } from '../platform/refusal.ts'

/** Points within seconds, an address: a whole city may stand behind one address of a mobile network. */
const LIMITS = { search: { points: 600, duration: 60 }, vote: { points: 120, duration: 600 } } as const

/** Help as everybody reads it; shielded by node against those who ask too much. */
export function composeHelp(clock: Clock): HelpDeps {
  const limiters = {
    search: new RateLimiterMemory(LIMITS.search),
    vote: new RateLimiterMemory(LIMITS.vote),
  }
  return {
    clock,
    limit: async (what, address) => {
      try {
        await limiters[what].consume(address)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        throw new Refusal('rate_limited', { retryAfterMs: error.msBeforeNext })
      }
    },
  }
}

/** The articles as their authors see them: whatever readers find from now on stands in the audit. */
export function composeKnowledge(clock: Clock): KnowledgeDeps {
  return {
    clock,
    changed: (tx, { act, key, textVersion, by }) =>
      recordChange(tx, clock, {
        actor: { kind: 'agent', ...by },
        act: `article.${act}`,
        subject: `article:${key}`,
        after: { textVersion },
      }),
  }
}
