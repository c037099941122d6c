import { FIRST_FACTS, type FlowNode, QUESTIONS, type QuestionName } from '../../../../contracts/flows.ts'
import type { T } from '../words.ts'

type Case = Extract<FlowNode, { kind: 'when' }>['cases'][number]
type Fact = (typeof FIRST_FACTS)[number] | (typeof QUESTIONS)[QuestionName]['facts'][number]

const FACTS = new Set<string>([...FIRST_FACTS, ...Object.values(QUESTIONS).flatMap(({ facts }) => facts)])
const isFact = (name: string): name is Fact => FACTS.has(name)

/** What a fact is called; slots have the names that their designer gave them. */
const nameOf = (name: string, t: T): string => (isFact(name) ? t(`fact.${name}`) : name)

function sayValue(fact: string, value: string | number | boolean, t: T): string {
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (fact === 'lineState') return t(`lineState.${value as 'active' | 'suspended' | 'blocked' | 'ended'}`)
  return String(value)
}

/** A condition as people write it. */
export function sayCase({ fact, is, atLeast, below }: Case, t: T): string {
  const parts = [
    is !== undefined && `= ${sayValue(fact, is, t)}`,
    atLeast !== undefined && `≥ ${atLeast}`,
    below !== undefined && `< ${below}`,
  ]
  return `${nameOf(fact, t)} ${parts.filter(Boolean).join(', ')}`
}
