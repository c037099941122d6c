import type { Flow } from '../../../../contracts/flows.ts'
import { enter } from './enter-node.ts'
import { type Going, still } from './going.ts'
import { hear } from './hear.ts'
import { miss } from './not-understood.ts'
import type { Beginning, DialogState, Input, Step } from './state.ts'
import { takeResult } from './take-result.ts'

/** The state before the first step. */
export function beginDialog({ flow, version, locale, facts, wanted }: Beginning): DialogState {
  return {
    flow,
    version,
    node: '',
    phase: 'begin',
    locale,
    turn: 0,
    slots: {},
    facts,
    lists: {},
    misses: 0,
    offered: [],
    path: [],
    wanted,
    tried: [],
    lineId: null,
    act: null,
    proofId: null,
    doubt: null,
    began: 0,
    done: false,
  }
}

/**
 * One step of a dialog: pure, so that the same inputs always lead to the same state. What does not fit the moment changes nothing.
 * Always ends in waiting for something, with somebody of the staff, or at an end.
 */
export function step(flow: Flow, before: DialogState, input: Input, now: Date): Step {
  const state = { ...before, turn: before.turn + 1 }
  const going: Going = { flow, now, state, outputs: [], way: [before.node] }
  if (state.phase === 'over') return still(before)
  if (state.phase === 'begin') return enter({ ...going, state: { ...state, began: state.turn } }, flow.start)
  switch (input.kind) {
    case 'begin':
      return still(before)
    case 'silence':
      return state.phase === 'act' ? still(before) : miss(going)
    case 'result':
      return state.phase === 'act' ? takeResult(going, input.result) : still(before)
    case 'said':
      return hear(going, input)
  }
}
