import type { Slot } from '../../../../contracts/flows.ts'
import { act, again } from './begin-act.ts'
import { enter } from './enter-node.ts'
import { type Going, handOver, leave, say, settled, still } from './going.ts'
import { elsewhere, miss } from './not-understood.ts'
import { PHRASES } from './phrases.ts'
import { rightValue } from './right-value.ts'
import type { Input, Step } from './state.ts'
import { onwards, unproved } from './take-result.ts'
import type { Value } from './words.ts'

type Said = Extract<Input, { kind: 'said' }>

/** What somebody says while something is being done is heard when it is done: the runner keeps the order. */
export function hear(going: Going, said: Said): Step {
  const { phase } = going.state
  if (said.command === 'emergency') return handOver(say(going, PHRASES.emergency), 'emergency')
  if (said.command === 'person') return handOver(say(going, PHRASES.calling), 'asked')
  if (phase === 'act') return still(going.state)
  if (said.chosen !== null && said.chosen === going.state.offered.length)
    return handOver(say(going, PHRASES.calling), 'asked')
  switch (phase) {
    case 'confirm':
      return hearConfirmation(going, said)
    case 'doubt':
      return hearDoubt(going, said)
    case 'line':
      return hearLine(going, said)
    case 'number':
      return hearNumber(going, said)
    case 'code':
      return hearCode(going, said)
    default:
      return hearAtNode(going, said)
  }
}

function hearAtNode(going: Going, said: Said): Step {
  const node = going.flow.nodes[going.state.node]
  if (node?.kind === 'menu') {
    const choice = said.chosen === null ? undefined : node.choices[said.chosen]
    return choice ? enter(settled(going), choice.next) : elsewhere(going, said)
  }
  if (node?.kind !== 'ask') return handOver(going, 'failed')
  const slot = going.flow.slots[node.slot]
  const given = answerFor(going, slot?.type, said)
  const value = slot && given !== undefined ? rightValue(slot, given, going.state, going.now) : undefined
  if (value === undefined) return elsewhere(going, said)
  const { state } = settled(going)
  return enter({ ...going, state: { ...state, slots: { ...state.slots, [node.slot]: value } } }, node.next)
}

/** What was said for a slot: by the place of a choice where there are choices. */
function answerFor({ state }: Going, type: Slot['type'] | undefined, said: Said): Value | undefined {
  if (type === 'yes-no') return yesOrNo(said)
  return type === 'item' && said.chosen !== null ? state.offered[said.chosen] : said.value
}

function hearDoubt(going: Going, said: Said): Step {
  const { doubt } = going.state
  const answer = yesOrNo(said)
  if (answer === true && doubt) return leave(going, doubt.flow, doubt.told)
  const undoubted = { ...going, state: { ...going.state, doubt: null } }
  if (answer === undefined && said.meant?.verdict === 'sure')
    return leave(undoubted, said.meant.flow, said.meant.told)
  return miss(undoubted)
}

function hearConfirmation(going: Going, said: Said): Step {
  const answer = yesOrNo(said)
  const { act: asked } = going.state
  if (answer === undefined || asked === null) return elsewhere(going, said)
  if (answer) return act(settled(going), asked)
  return onwards(settled(going), 'declined')
}

function hearLine(going: Going, said: Said): Step {
  const chosen = said.chosen === null ? undefined : going.state.offered[said.chosen]
  if (!chosen) return elsewhere(going, said)
  const { state } = settled(going)
  return again({ ...going, state: { ...state, lineId: chosen.item } })
}

function hearNumber(going: Going, said: Said): Step {
  if (said.value === false) return unproved(going)
  const number =
    said.value === undefined ? undefined : rightValue({ type: 'phone' }, said.value, going.state, going.now)
  if (typeof number !== 'string') return elsewhere(going, said)
  return act(settled(going), { kind: 'send-code', msisdn: number })
}

/** Only that something of the right form was said is known here; what it was, the runner gives along. */
function hearCode(going: Going, said: Said): Step {
  const { proofId, act: sent } = going.state
  const number = sent?.kind === 'send-code' || sent?.kind === 'confirm-code' ? sent.msisdn : null
  if (said.value !== true || proofId === null || number === null) return elsewhere(going, said)
  return act(going, { kind: 'confirm-code', proofId, msisdn: number })
}

function yesOrNo({ chosen, value }: Said): boolean | undefined {
  if (chosen === 0) return true
  if (chosen === 1) return false
  return typeof value === 'boolean' ? value : undefined
}
