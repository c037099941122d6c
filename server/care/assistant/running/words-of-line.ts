import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { FlowWords } from '../../../../contracts/flows.ts'
import type {
  Bucket,
  ChargeItem,
  ChargeSummary,
  Connected,
  Line,
  LineServices,
  TariffComparison,
} from '../../../../contracts/lines.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { type Item, sayMoney, type Values } from '../engine/index.ts'

type LineFacts = Omit<Line, 'asOf' | 'role'>

const inBoth = (say: (locale: Locale) => string): FlowWords => ({ ru: say('ru'), en: say('en') })

const GIGABYTE = 1024 ** 3
const MEGABYTE = 1024 ** 2
const UNITS = {
  ru: {
    gb: 'ГБ',
    mb: 'МБ',
    minutes: 'мин',
    sms: 'SMS',
    data: 'интернет',
    voice: 'звонки',
    free: 'без ограничений',
  },
  en: {
    gb: 'GB',
    mb: 'MB',
    minutes: 'min',
    sms: 'SMS',
    data: 'internet',
    voice: 'calls',
    free: 'without limit',
  },
} as const
const TYPES: readonly TrafficType[] = ['data', 'voice', 'sms']

/** A volume as people say it. */
export function sayVolume(type: TrafficType, amount: number, locale: Locale): string {
  const units = UNITS[locale]
  if (type === 'sms') return `${amount} ${units.sms}`
  if (type === 'voice') return `${Math.floor(amount / 60)} ${units.minutes}`
  if (amount < GIGABYTE) return `${Math.floor(amount / MEGABYTE)} ${units.mb}`
  const gigabytes = (Math.floor((amount / GIGABYTE) * 10) / 10).toString()
  return `${locale === 'ru' ? gigabytes.replace('.', ',') : gigabytes} ${units.gb}`
}

function sayLeft(buckets: readonly Bucket[], locale: Locale): string {
  const parts = TYPES.flatMap((type) => {
    const own = buckets.filter((bucket) => bucket.type === type)
    if (own.length === 0) return []
    if (own.some(({ total }) => total === null)) return [`${nameOf(type, locale)} ${UNITS[locale].free}`]
    return [
      sayVolume(
        type,
        own.reduce((sum, { left }) => sum + left, 0),
        locale,
      ),
    ]
  })
  if (parts.length === 0)
    return locale === 'ru' ? 'Пакетов на номере нет.' : 'There are no packages on the number.'
  return `${locale === 'ru' ? 'Осталось' : 'Left'}: ${parts.join(', ')}.`
}

/** There were packages of a type, and nothing is left of any. */
function isUsedUp(buckets: readonly Bucket[], type: TrafficType): boolean {
  const own = buckets.filter((bucket) => bucket.type === type)
  return own.length > 0 && own.every(({ total, left }) => total !== null && left === 0)
}

const nameOf = (type: TrafficType, locale: Locale): string => (type === 'sms' ? 'SMS' : UNITS[locale][type])

/** A day as the line counts them. */
export function sayDay(at: string | Date, timeZone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'ru' ? 'ru' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone,
  }).format(new Date(at))
}

/** The line at a glance, as facts of a dialog. Who is only trusted hears of the balance alone. */
export function factsOfLine(line: LineFacts, sees: 'all' | 'balance'): Values {
  const { balanceKopecks, state, timeZone, coming, promised } = line
  const [next] = coming
  const all = sees === 'all'
  return {
    balance: { kopecks: balanceKopecks },
    balanceKopecks,
    lineState: state,
    left: all ? inBoth((locale) => sayLeft(line.buckets, locale)) : { ru: '', en: '' },
    dataUsedUp: all && isUsedUp(line.buckets, 'data'),
    tariff: all ? line.tariff.terms.title : { ru: '', en: '' },
    contentBanned: line.contentBanned,
    promised: promised !== null,
    nextCharge:
      all && next
        ? inBoth((locale) =>
            locale === 'ru'
              ? `${sayDay(next.at, timeZone, 'ru')} спишется ${sayMoney(next.kopecks, 'ru')}: ${next.title.ru}.`
              : `${sayMoney(next.kopecks, 'en')} will be charged on ${sayDay(next.at, timeZone, 'en')}: ${next.title.en}.`,
          )
        : { ru: '', en: '' },
  }
}

const EVERY: Readonly<Record<string, FlowWords>> = {
  daily: { ru: 'в день', en: 'a day' },
  weekly: { ru: 'в неделю', en: 'a week' },
  monthly: { ru: 'в месяц', en: 'a month' },
}

function sayConnected({ offering, feeKopecks, charge }: Connected, locale: Locale): string {
  const every = EVERY[charge]?.[locale]
  const fee = `${sayMoney(feeKopecks, locale)}${every === undefined ? '' : ` ${every}`}`
  return `${offering.terms.title[locale]} — ${fee}`
}

const itemOf = ({ offering }: Pick<Connected, 'offering'>): Item => ({
  item: offering.terms.code,
  title: offering.terms.title,
})

/** As many as a person can look through in a chat. */
const MOST_OFFERED = 10

interface FactsAndLists {
  readonly facts: Values
  readonly lists: Readonly<Record<string, readonly Item[]>>
}

/** Paid subscriptions of a line; those that are ending are gone. */
export function factsOfSubscriptions({ content, contentBanned }: Omit<LineServices, 'asOf'>): FactsAndLists {
  const going = content.filter(({ ending }) => ending === null)
  return {
    facts: {
      subscriptionCount: going.length,
      subscriptionNames: inBoth((locale) => going.map((one) => sayConnected(one, locale)).join('; ')),
      contentBanned,
    },
    lists: { subscriptions: going.map(itemOf) },
  }
}

/** Options of a line and those that it may have. */
export function factsOfOptions({ options, available }: Omit<LineServices, 'asOf'>): FactsAndLists {
  const going = options.filter(({ ending }) => ending === null)
  const roaming = available.filter(({ terms }) => terms.kind === 'option' && terms.category === 'roaming')
  const none = { ru: 'нет', en: 'none' }
  return {
    facts: {
      optionCount: going.length,
      roamingCount: roaming.length,
      optionNames:
        going.length === 0
          ? none
          : inBoth((locale) => going.map((one) => sayConnected(one, locale)).join('; ')),
    },
    lists: {
      options: going.slice(0, MOST_OFFERED).map(itemOf),
      availableOptions: available.slice(0, MOST_OFFERED).map((offering) => itemOf({ offering })),
      roamingOptions: roaming.slice(0, MOST_OFFERED).map((offering) => itemOf({ offering })),
    },
  }
}

/** Tariffs that the line may change to, the cheapest by its own use first, and what each would have cost it a month. */
export function factsOfTariffs({ tariffs }: TariffComparison): FactsAndLists {
  const current = tariffs.find((one) => one.current)
  const others = tariffs
    .filter((one) => !one.current)
    .sort((a, b) => a.monthlyKopecks - b.monthlyKopecks)
    .slice(0, MOST_COMPARED)
  const said = (locale: Locale) =>
    others
      .map(
        ({ offering, monthlyKopecks }) =>
          `${offering.terms.title[locale]} — ${sayMoney(monthlyKopecks, locale)}`,
      )
      .join('; ')
  return {
    facts: {
      tariff: current?.offering.terms.title ?? { ru: '', en: '' },
      tariffCount: others.length,
      tariffNames: inBoth(said),
    },
    lists: { tariffs: others.map(itemOf) },
  }
}

/** More than these nobody weighs in a chat. */
const MOST_COMPARED = 5

const CATEGORIES: Readonly<Record<string, FlowWords>> = {
  tariff: { ru: 'тариф', en: 'tariff' },
  option: { ru: 'опции', en: 'options' },
  content: { ru: 'платные подписки', en: 'paid subscriptions' },
  usage: { ru: 'связь сверх пакетов', en: 'use beyond packages' },
  roaming: { ru: 'роуминг', en: 'roaming' },
  transfer: { ru: 'переводы', en: 'transfers' },
  fee: { ru: 'комиссии', en: 'fees' },
  market: { ru: 'Маркет', en: 'the Market' },
}

/** Where the money of a month went, and what was charged last. */
export function factsOfCharges(
  { spentKopecks, byCategory }: Omit<ChargeSummary, 'asOf'>,
  latest: readonly ChargeItem[],
  timeZone: string,
): Values {
  const spent = byCategory.filter(({ kopecks }) => kopecks < 0)
  const said = (locale: Locale) =>
    spent
      .map(
        ({ category, kopecks }) =>
          `${CATEGORIES[category]?.[locale] ?? category} ${sayMoney(-kopecks, locale)}`,
      )
      .join(', ')
  const last = latest.filter(({ kopecks }) => kopecks < 0).slice(0, 3)
  return {
    spent: { kopecks: Math.abs(spentKopecks) },
    charges: inBoth((locale) =>
      spent.length === 0 ? '' : `${locale === 'ru' ? 'Из них' : 'Of that'}: ${said(locale)}.`,
    ),
    lastCharges: inBoth((locale) =>
      last.length === 0
        ? '—'
        : last
            .map(
              ({ at, title, kopecks }) =>
                `${sayDay(at, timeZone, locale)} ${title[locale]} ${sayMoney(-kopecks, locale)}`,
            )
            .join('; '),
    ),
  }
}
