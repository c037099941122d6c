import { useQuery } from '@tanstack/react-query'
import type { Entry, OrderOnTimeline } from '../../../contracts/entries.ts'
import { formatMoney, formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { catalogueQuery } from '../data/catalogue.ts'
import { ordersRu } from '../locales/orders-ru.ts'
import styles from './timeline.module.css'

type Kind = keyof typeof ordersRu.kind

const KINDS = Object.keys(ordersRu.kind)
const isKind = (kind: string): kind is Kind => KINDS.includes(kind)
const textIn = ({ request }: OrderOnTimeline, name: string) => {
  const value = request[name]
  return typeof value === 'string' ? value : ''
}

/** What was done to a line, in one line: by whom, through which door, what, and how it stands now. */
export function OrderLine({ entry }: { entry: Entry }) {
  const { t, locale } = useWords()
  const order = entry.body?.type === 'order' ? entry.body.order : undefined
  const code = order ? textIn(order, 'code') : ''
  const offerings = useQuery({ ...catalogueQuery, enabled: code !== '' }).data?.offerings
  if (!order) return <div className={styles.mark}>{t('message.erased')}</div>
  const { kind, amountKopecks } = order.request
  const title = offerings?.find(({ terms }) => terms.code === code)?.terms.title[locale]
  const words = {
    what: title ?? (code || kind),
    money: typeof amountKopecks === 'number' ? formatMoney(amountKopecks, locale) : '',
    number: textIn(order, 'toMsisdn'),
  }
  const who = order.by.name ?? (order.by.kind === 'service' ? '' : t(`author.${order.by.kind}`))
  return (
    <div className={styles.mark}>
      {[
        [who, t(`orders.through.${order.by.through}`)].filter(Boolean).join(' '),
        t(`orders.kind.${isKind(kind) ? kind : 'other'}`, words),
        t(`orders.state.${order.state}`),
        formatTime(entry.storedAt, locale),
      ].join(' · ')}
    </div>
  )
}
