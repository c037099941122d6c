import type { z } from 'zod'
import type { assistantExamples } from '../../../../contracts/assistant-examples.ts'

export type Confusion = z.output<typeof assistantExamples.listAssistantConfusions.response>[number]

const OUT_OF_SCOPE = 'out-of-scope'
/** With fewer examples an intent is told apart badly by anything. */
const FEW = 30
/** From this share of the other direction on two intents are confused both ways. */
const BOTH_WAYS = 0.5

/** The intents that are most in confusion with one another: those of the worst pairs, worst first, at most so many. */
export function worstOf(confusions: readonly Confusion[], most: number): string[] {
  const chosen = new Set<string>()
  for (const { intent, understoodAs } of confusions) {
    const fresh = new Set([intent, understoodAs].filter((key) => !chosen.has(key)))
    if (chosen.size + fresh.size > most) continue
    for (const key of fresh) chosen.add(key)
  }
  return [...chosen]
}

export type Advice = 'learn-stranger' | 'name-stranger' | 'few' | 'both-ways' | 'one-way'

/** What helps against a confusion, likeliest first. */
export function adviceOn(
  { intent, understoodAs, count }: Confusion,
  { examples, back }: { readonly examples: number; readonly back: number },
): Advice {
  if (understoodAs === OUT_OF_SCOPE) return 'learn-stranger'
  if (intent === OUT_OF_SCOPE) return 'name-stranger'
  if (examples < FEW) return 'few'
  return back >= count * BOTH_WAYS ? 'both-ways' : 'one-way'
}
