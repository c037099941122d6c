import type { OrderOnTimeline } from '../../../contracts/entries.ts'
import { formatMoney, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { ordersRu } from '../locales/orders-ru.ts'
import { useNames } from './use-names.ts'

type Kind = keyof typeof ordersRu.kind
const CONDITIONS = ['always', 'busy', 'no-answer', 'unreachable'] as const

const isKind = (kind: string): kind is Kind => Object.hasOwn(ordersRu.kind, kind)

/** Forms of a kind that are said in other words. */
function formOf({ kind, reason, toMsisdn, amountKopecks }: OrderOnTimeline['request']): Kind {
  if (kind === 'block-line' && reason === 'lost') return 'block-lost'
  if (kind === 'set-forwarding' && toMsisdn === null) return 'set-forwarding-off'
  if (kind === 'set-limit' && amountKopecks === null) return 'set-limit-off'
  return isKind(kind) ? kind : 'other'
}

/** Says what an order asks for, in a few words. */
export function useOrderText(): (request: OrderOnTimeline['request']) => string {
  const { t, locale } = useWords()
  const nameOf = useNames()
  return (request) => {
    const { kind, code, amountKopecks, toMsisdn, condition } = request
    const when = CONDITIONS.find((one) => one === condition)
    return t(`orders.kind.${formOf(request)}`, {
      what: typeof code === 'string' ? nameOf(code) : kind,
      money: typeof amountKopecks === 'number' ? formatMoney(amountKopecks, locale) : '',
      number: typeof toMsisdn === 'string' ? formatPhone(toMsisdn) : '',
      condition: when ? t(`lines.condition.${when}`) : '',
    })
  }
}
