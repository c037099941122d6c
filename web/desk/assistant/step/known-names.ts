import { FIRST_FACTS, type Flow, QUESTIONS } from '../../../../contracts/flows.ts'

const questionsOf = (flow: Flow) =>
  Object.values(flow.nodes).flatMap((node) => (node.kind === 'do' && node.ask ? [QUESTIONS[node.ask]] : []))

/** Names that texts and conditions of the flow may speak of: slots, what is always known, and what its questions give. */
export function knownNames(flow: Flow): string[] {
  const open = Object.entries(flow.slots).flatMap(([name, { type }]) => (type === 'secret' ? [] : [name]))
  return [...new Set<string>([...open, ...questionsOf(flow).flatMap(({ facts }) => facts), ...FIRST_FACTS])]
}

/** Lists that the flow's questions give. */
export const knownLists = (flow: Flow): string[] => [
  ...new Set<string>(questionsOf(flow).flatMap(({ lists }) => lists)),
]
