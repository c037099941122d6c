/** A line of the fictional operator, held by somebody whom the phone page lets one play. */
export interface DemoLine {
  readonly msisdn: string
  readonly name: string
  readonly tariff: string
  /** Opened so many days ago, with this money to begin with. */
  readonly daysAgo: number
  readonly kopecks: number
  readonly options: readonly string[]
  /** Paid subscriptions of third parties. */
  readonly content: readonly string[]
  readonly discounts: readonly string[]
}

const NOTHING = { options: [], content: [], discounts: [] } as const

/** Five lives: much connected, little money, an old tariff, a new number, somebody from abroad. */
export const VOLNA_LINES: readonly DemoLine[] = [
  {
    msisdn: '79000000101',
    name: 'Анна Ветрова',
    tariff: 'breeze',
    daysAgo: 130,
    kopecks: 560_000,
    options: ['messengers', 'antispam', 'voicemail'],
    content: ['horoscope', 'cinema', 'word-of-the-day'],
    discounts: ['own-number'],
  },
  {
    ...NOTHING,
    msisdn: '79000000102',
    name: 'Пётр Лукин',
    tariff: 'calm',
    daysAgo: 65,
    kopecks: 76_000,
    content: ['match-centre'],
  },
  {
    ...NOTHING,
    msisdn: '79000000103',
    name: 'Зинаида Морозова',
    tariff: 'drop',
    daysAgo: 400,
    kopecks: 35_000,
    options: ['antispam'],
  },
  {
    ...NOTHING,
    msisdn: '79000000104',
    name: 'Тимур Ахметов',
    tariff: 'ocean',
    daysAgo: 12,
    kopecks: 120_000,
  },
  {
    ...NOTHING,
    msisdn: '79000000105',
    name: 'Emily Carter',
    tariff: 'breeze',
    daysAgo: 45,
    kopecks: 150_000,
    options: ['who-called'],
  },
]
