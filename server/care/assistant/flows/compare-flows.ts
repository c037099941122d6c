import { isDeepStrictEqual } from 'node:util'
import type { FlowChange } from '../../../../contracts/assistant.ts'
import type { Flow } from '../../../../contracts/flows.ts'

/** What is other in a text than in an earlier one: the flow itself, its slots, its nodes in the order of the newer text. */
export function compareFlows(before: Flow, after: Flow): FlowChange[] {
  const whole = (['title', 'intents', 'start'] as const).flatMap((part) =>
    changeOf(part, null, before[part], after[part]),
  )
  return [
    ...whole,
    ...compareNamed('slot', before.slots, after.slots),
    ...compareNamed('node', before.nodes, after.nodes),
  ]
}

function compareNamed(
  part: 'slot' | 'node',
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FlowChange[] {
  const gone = Object.keys(before).filter((name) => !(name in after))
  return [...Object.keys(after), ...gone].flatMap((name) => changeOf(part, name, before[name], after[name]))
}

function changeOf(
  part: FlowChange['part'],
  name: string | null,
  before: unknown,
  after: unknown,
): FlowChange[] {
  if (isDeepStrictEqual(before, after)) return []
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return [{ part, name, change, before: before ?? null, after: after ?? null }]
}
