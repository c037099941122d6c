import { type Exit, exitsOf } from '../../../../contracts/flow-exits.ts'
import type { FlowNode } from '../../../../contracts/flows.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import type { T } from '../words.ts'
import { sayCase } from './say-case.ts'

export interface Describing {
  readonly t: T
  readonly locale: Locale
  readonly flowTitle: (key: string) => string
}

/** What a step says or does, in a line or two. */
export function describeNode(node: FlowNode, { t, locale, flowTitle }: Describing): string {
  switch (node.kind) {
    case 'do':
      if (node.ask) return t('do.asks', { what: t(`question.${node.ask}`) })
      if (node.order) return t('do.orders', { what: t(`order.${node.order.kind}`) })
      return node.lostSim ? t('do.lostSim') : t('do.nothing')
    case 'when':
      return node.cases.map((one) => sayCase(one, t)).join('; ')
    case 'go':
      return flowTitle(node.flow)
    default:
      return node.words[locale] || node.words[locale === 'ru' ? 'en' : 'ru']
  }
}

/** What a way on is called; nothing where there is but one. */
export function nameExit(node: FlowNode, { name }: Exit, { t, locale }: Describing): string {
  switch (node.kind) {
    case 'menu':
      return node.choices[Number(name) - 1]?.title[locale] || t('exit.choice', { place: name })
    case 'when': {
      const found = node.cases[Number(name) - 1]
      return found ? sayCase(found, t) : t('exit.otherwise')
    }
    case 'do':
      return t(`exit.${name as 'done' | 'declined' | 'refused' | 'failed'}`)
    default:
      return ''
  }
}

/** Ways on to one and the same step, with one name. */
export interface Way {
  readonly to: string
  readonly exits: readonly string[]
  readonly name: string
}

/** Ways on from a step, those to the same one together. */
export function waysOf(node: FlowNode, describing: Describing): Way[] {
  const ways = new Map<string, Way>()
  for (const exit of exitsOf(node)) {
    const before = ways.get(exit.to)
    const name = nameExit(node, exit, describing)
    ways.set(exit.to, {
      to: exit.to,
      exits: [...(before?.exits ?? []), exit.name],
      name: [before?.name, name].filter(Boolean).join(' · '),
    })
  }
  return [...ways.values()]
}
