import { promptAsk, promptMenu } from './enter-node.ts'
import { ask, type Going, handOver, leave, say, wait, YES_NO } from './going.ts'
import { PHRASES } from './phrases.ts'
import type { Input, Step } from './state.ts'

/** After as many answers that were not understood a person goes on. */
const MOST_MISSES = 2
/** The flow that everybody comes to who says no more than hello. */
const MAIN = 'main'

type Said = Extract<Input, { kind: 'said' }>

/** It is no answer to what was asked. Perhaps it is something else that they want. */
export function elsewhere(going: Going, { meant, command, answered }: Said): Step {
  if (command === 'menu' || (meant?.verdict === 'sure' && meant.flow === MAIN)) return leave(going, MAIN)
  if (answered && meant === null) return promptAgain(going)
  if (meant === null || meant.flow === going.state.flow) return miss(going)
  if (meant.verdict === 'sure') return leave(going, meant.flow, meant.told)
  const asked = ask(
    { ...going, state: { ...going.state, doubt: meant } },
    {
      ru: PHRASES.doubt.ru.replace('{title}', meant.title.ru),
      en: PHRASES.doubt.en.replace('{title}', meant.title.en),
    },
    YES_NO,
  )
  return wait(asked, 'doubt')
}

/** What is waited for at a node, once more. */
function promptAgain(going: Going): Step {
  const at = going.flow.nodes[going.state.node]
  if (at?.kind === 'ask') return promptAsk(going, at, at.words)
  return at?.kind === 'menu' ? promptMenu(going, at) : miss(going)
}

/** Not understood: said again, and the next time a person goes on. */
export function miss(going: Going): Step {
  const misses = going.state.misses + 1
  if (misses >= MOST_MISSES) return handOver(say(going, PHRASES.calling), 'not-understood')
  const missed = { ...going, state: { ...going.state, misses } }
  const { phase, node } = going.state
  if (phase === 'number') return wait(ask(missed, PHRASES.numberAgain, []), phase)
  if (phase === 'code') return wait(ask(missed, PHRASES.codeAgain, [], true), phase)
  const at = going.flow.nodes[node]
  if (phase === 'line') return wait(ask(missed, PHRASES.line, going.state.offered), phase)
  if (phase === 'confirm') return wait(ask(missed, PHRASES.notUnderstood, YES_NO), phase)
  if (at?.kind === 'ask') return promptAsk(missed, at, at.again)
  if (at?.kind === 'menu') return promptMenu(say(missed, PHRASES.notUnderstoodFree), at)
  return handOver(going, 'failed')
}
