import type { PretendedLine } from '../../../../contracts/assistant.ts'
import {
  type FlowWords,
  type OrderTemplate,
  QUESTIONS,
  type QuestionName,
} from '../../../../contracts/flows.ts'
import { requireMay } from '../../../operator/edge/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Act, type Item, type Result, sayMoney, type Values } from '../engine/index.ts'

/** A code was told right: from then on they count as signed in. */
export const PROVED_TRUST = 4

const both = (text: string): FlowWords => ({ ru: text, en: text })
const names = (titles: readonly string[]): FlowWords => both(titles.join('; '))
const items = (titles: readonly string[]): Item[] =>
  titles.map((title) => ({ item: title, title: both(title) }))
const NOT_NOW: Result = {
  outcome: 'refused',
  reason: { ru: 'сейчас нельзя.', en: 'it is not possible now.' },
}

/**
 * What would come of an act on a line that there is not, for somebody trusted so far: the same wishes for proof as the operator's edge
 * has, and nothing done.
 */
export function pretend(act: Act, line: PretendedLine, trust: number): Result {
  switch (act.kind) {
    case 'send-code':
      return { outcome: 'code-sent', proofId: 'pretended' }
    case 'confirm-code':
      return { outcome: 'proved', lineId: null }
    case 'block-lost-sim':
      return line.edge === 'is-away' ? { outcome: 'failed' } : { outcome: 'done' }
    case 'ask':
      return trust < QUESTIONS[act.question].trust ? { outcome: 'prove' } : answer(act.question, line)
    case 'preview':
      return trust < trustFor(act.request.kind) ? { outcome: 'prove' } : preview(act.request, line)
    case 'place':
      return afterwards(line, { outcome: 'done' })
  }
}

function afterwards({ edge }: PretendedLine, done: Result): Result {
  if (edge === 'is-away') return { outcome: 'failed' }
  return edge === 'refuses' ? NOT_NOW : done
}

/** The least trust with which the edge lets the assistant do it for the line's owner. */
function trustFor(kind: OrderTemplate['kind']): number {
  const by = { kind: 'assistant', id: null, name: null, through: 'chat', lineRole: 'owner' } as const
  for (const trust of [2, 3] as const) {
    try {
      requireMay({ ...by, trust, fresh: false, roles: [] }, kind)
      return trust
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return PROVED_TRUST
}

function preview(request: OrderTemplate, line: PretendedLine): Result {
  const { kind, ...parts } = request
  const said = (locale: 'ru' | 'en') =>
    Object.values(parts)
      .filter((part) => typeof part === 'string' || typeof part === 'number')
      .map((part) => (typeof part === 'number' ? sayMoney(part, locale) : part))
      .join(', ')
  const order = (locale: 'ru' | 'en') => [kind, said(locale)].filter(Boolean).join(', ')
  return afterwards(line, {
    outcome: 'preview',
    effects: { ru: `Пробный заказ: ${order('ru')}.`, en: `A trial order: ${order('en')}.` },
    digest: 'pretended',
  })
}

function answer(question: QuestionName, line: PretendedLine): Result {
  return afterwards(line, { outcome: 'facts', ...ANSWERS[question](line) })
}

interface Known {
  readonly facts: Values
  readonly lists: Readonly<Record<string, readonly Item[]>>
}

const NOTHING = both('')
const ANSWERS: Readonly<Record<QuestionName, (line: PretendedLine) => Known>> = {
  line: ({ balanceKopecks, state, left, tariff }) => ({
    facts: {
      balance: { kopecks: balanceKopecks },
      balanceKopecks,
      lineState: state,
      left: both(left),
      dataUsedUp: false,
      tariff: both(tariff),
      nextCharge: NOTHING,
      contentBanned: false,
      promised: false,
    },
    lists: {},
  }),
  subscriptions: ({ subscriptions }) => ({
    facts: {
      subscriptionCount: subscriptions.length,
      subscriptionNames: names(subscriptions),
      contentBanned: false,
    },
    lists: { subscriptions: items(subscriptions) },
  }),
  options: ({ options, available, roaming, tariff }) => ({
    facts: {
      optionCount: options.length,
      optionNames: options.length === 0 ? { ru: 'нет', en: 'none' } : names(options),
      roamingCount: roaming.length,
      tariff: both(tariff),
    },
    lists: { options: items(options), availableOptions: items(available), roamingOptions: items(roaming) },
  }),
  tariffs: ({ tariff, tariffs }) => ({
    facts: { tariff: both(tariff), tariffCount: tariffs.length, tariffNames: names(tariffs) },
    lists: { tariffs: items(tariffs) },
  }),
  charges: ({ spentKopecks }) => ({
    facts: { spent: { kopecks: spentKopecks }, charges: NOTHING, lastCharges: both('—') },
    lists: {},
  }),
}
