import type { FlowWords, OrderTemplate } from '../../../../contracts/flows.ts'
import { again } from './begin-act.ts'
import { enter } from './enter-node.ts'
import { ask, type Going, handOver, say, settled, wait, YES_NO } from './going.ts'
import { miss } from './not-understood.ts'
import { PHRASES } from './phrases.ts'
import type { Act, DialogState, Result, Step } from './state.ts'

const TRIED_KEPT = 20

/** Goes on with what came of an act. */
export function takeResult(going: Going, result: Result): Step {
  const { act: under } = going.state
  switch (result.outcome) {
    case 'prove':
      return wait(ask(going, PHRASES.number, []), 'number')
    case 'which-line':
      return wait(ask(going, PHRASES.line, result.lines), 'line')
    case 'code-sent':
      return wait(
        ask({ ...going, state: { ...going.state, proofId: result.proofId } }, PHRASES.code, [], true),
        'code',
      )
    case 'code-wrong':
      return miss({ ...going, state: { ...going.state, phase: 'code' } })
    case 'code-over':
      // They did what was asked of them: no refusal of theirs.
      return handOver(say(going, PHRASES.codeOver), 'not-proved')
    case 'proved':
      return again({
        ...going,
        state: { ...going.state, lineId: result.lineId ?? going.state.lineId, proofId: null, misses: 0 },
      })
    case 'preview':
      return under?.kind === 'preview'
        ? confirmOrder(going, under.request, result)
        : handOver(going, 'failed')
    default:
      return goOn(going, result)
  }
}

function confirmOrder(
  going: Going,
  request: OrderTemplate,
  { effects, digest }: Extract<Result, { outcome: 'preview' }>,
): Step {
  const chosen = chosenFor(going.state, request)
  const words = {
    ru: PHRASES.confirm.ru.replace('{effects}', () => `${chosen && `«${chosen.ru}». `}${effects.ru}`),
    en: PHRASES.confirm.en.replace('{effects}', () => `${chosen && `“${chosen.en}”. `}${effects.en}`),
  }
  const state: DialogState = { ...going.state, act: { kind: 'place', request, digest } }
  return wait(ask({ ...going, state }, words, YES_NO), 'confirm')
}

/** How what was chosen for an order is called, so that nobody agrees to another thing than they meant; empty: nothing was chosen. */
function chosenFor({ slots }: DialogState, request: OrderTemplate): FlowWords | '' {
  const ordered = Object.values(request)
  for (const value of Object.values(slots))
    if (typeof value === 'object' && 'item' in value && ordered.includes(value.item)) return value.title
  return ''
}

/** They could not or would not show who they are. */
export function unproved(going: Going): Step {
  const node = going.flow.nodes[going.state.node]
  if (node?.kind === 'do' && node.declined !== undefined) return onwards(settled(going), 'declined')
  return handOver(say(going, PHRASES.calling), 'not-proved')
}

function goOn(
  going: Going,
  result: Extract<Result, { outcome: 'facts' | 'done' | 'refused' | 'failed' }>,
): Step {
  if (result.outcome === 'facts') {
    const { facts, lists } = going.state
    const state = {
      ...going.state,
      facts: { ...facts, ...result.facts },
      lists: { ...lists, ...result.lists },
    }
    return onwards({ ...going, state }, 'done')
  }
  if (result.outcome === 'refused') {
    const state = { ...going.state, facts: { ...going.state.facts, reason: result.reason } }
    return onwards({ ...going, state }, 'refused')
  }
  return onwards(going, result.outcome)
}

/** On by the way out of the act that its outcome is; what was tried is kept. */
export function onwards(going: Going, outcome: 'done' | 'declined' | 'refused' | 'failed'): Step {
  const node = going.flow.nodes[going.state.node]
  const tried = [...going.state.tried, { what: nameOf(going.state.act), outcome }].slice(-TRIED_KEPT)
  const state: DialogState = { ...going.state, act: null, tried }
  if (node?.kind !== 'do') return handOver({ ...going, state }, 'failed')
  return enter({ ...going, state }, (outcome === 'declined' ? node.declined : node[outcome]) ?? node.refused)
}

function nameOf(under: Act | null): string {
  if (under === null) return ''
  if (under.kind === 'ask') return under.question
  return under.kind === 'preview' || under.kind === 'place' ? under.request.kind : under.kind
}
