import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Title } from '../lines/index.ts'

const UNITS: Readonly<Record<TrafficType, Title>> = {
  data: { ru: 'ГБ', en: 'GB' },
  voice: { ru: 'мин', en: 'min' },
  sms: { ru: 'SMS', en: 'SMS' },
}

const sized =
  (ru: string, en: string) =>
  (type: TrafficType, units: number): Title => ({
    ru: `${ru}: ${units} ${UNITS[type].ru}`,
    en: `${en}: ${units} ${UNITS[type].en}`,
  })

/** What stands on the bill. */
export const TITLES = {
  bought: sized('Маркет, покупка', 'Market, bought'),
  sold: sized('Маркет, продажа', 'Market, sold'),
  fee: sized('Маркет, комиссия с продажи', 'Market, fee on a sale'),
  raise: sized('Маркет, поднятие лота', 'Market, lot raised'),
  moneyBack: sized('Маркет, возврат за покупку', 'Market, money back'),
  takenBack: sized('Маркет, отмена продажи', 'Market, sale taken back'),
  feeBack: sized('Маркет, возврат комиссии', 'Market, fee back'),
} as const
