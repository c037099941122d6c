import { type Found, type FoundNumber, findNumbers } from './numbers.ts'
import { findPhones } from './phones.ts'

export interface FoundMoney extends Found {
  /** Whole kopecks. */
  readonly kopecks: number
}
export interface FoundVolume extends Found {
  readonly unit: 'bytes' | 'seconds' | 'pieces'
  readonly amount: number
}
export interface QuantityOptions {
  /** The question was for this quantity: a number without a unit is one too, in roubles, gigabytes, minutes or pieces. */
  readonly asked?: boolean
}

const ROUBLES =
  /^[\s-]*(?:руб(?:л(?:ь|я|ей|ями|ях)|ли|ликов|чиков|асов|\.)?|р(?:\.|(?!\p{L}))|₽|rub(?:les?|s)?|roubles?|рэ(?!\p{L}))(?!\p{L})/u
const KOPECKS =
  /^[\s,]*(?:и\s+)?(\d{1,2}|\p{L}+(?:\s\p{L}+)?)\s*(?:коп(?:\.|еек|ейки|ейка|ейку)?|kop(?:ecks?|eks?)?)(?!\p{L})/u
const FOREIGN = /^[\s-]*(?:\$|€|£|доллар|бакс|евро|тенге|гривн|юан|лир|dollar|buck|euro|pound|usd|eur)/iu
const FOREIGN_BEFORE = /[$€£]\s*$/
/** A number with another unit is no money even where money was asked. */
const OTHER_UNIT =
  /^[\s-]*(?:гб|гиг|мб|мег|мин|смс|sms|gb|mb|min|gig|meg|дн|день|дня|дней|час|недел|месяц|числ|раз|год|лет|day|hour|week|month|time|year|%|процент|percent|:\d)/iu
/** Digits beside it, behind a sign: a time, a date, a card. `#` stands for the number. */
const PART_OF_MORE = /\d[.:/-]#|#[.:/-]\d/
const NAMED_SUMS: readonly (readonly [RegExp, number])[] = [
  [/(?<!\p{L})червон(?:ец|ца|цев)(?!\p{L})/gu, 10],
  [/(?<!\p{L})полтинник(?:а|ов)?(?!\p{L})/gu, 50],
  [/(?<!\p{L})(?:сотк[ауи]|сотен|сотню|сотня|стольник)(?!\p{L})/gu, 100],
  [/(?<!\p{L})пят(?:ихатк|исотк)[ауи](?!\p{L})/gu, 500],
]
/** More than this is a slip: a phone number or a card. */
const MOST_ROUBLES = 10_000_000

/**
 * Sums of money in roubles: «пятьсот рублей», «1 500 р», «99,90 ₽», «полторы тысячи рублей», «сто рублей пятьдесят копеек», «сотка», "300 rubles".
 * Other currencies are no answer. Without `asked` a number needs its unit.
 */
export function findMoney(text: string, { asked = false }: QuantityOptions = {}): FoundMoney[] {
  const lower = text.toLowerCase().replace(/ё/g, 'е')
  const found: FoundMoney[] = []
  const taken: Found[] = [...findPhones(lower)]
  const isFree = (one: Found) => !taken.some((other) => other.start < one.end && one.start < other.end)
  for (const number of findNumbers(lower)) {
    const sum = isFree(number) ? sumAt(lower, number, asked) : undefined
    if (sum === undefined) continue
    found.push(sum)
    taken.push(sum)
  }
  for (const [name, roubles] of NAMED_SUMS) {
    for (const match of lower.matchAll(name)) {
      const sum = { kopecks: roubles * 100, start: match.index, end: match.index + match[0].length }
      if (isFree(sum)) found.push(sum)
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** The sum that a number is, with the kopecks after it; undefined when it counts something else. */
function sumAt(lower: string, { value, start, end }: FoundNumber, asked: boolean): FoundMoney | undefined {
  const [before, rest] = [lower.slice(0, start), lower.slice(end)]
  if (FOREIGN.test(rest) || FOREIGN_BEFORE.test(before) || value > MOST_ROUBLES || value <= 0)
    return undefined
  const unit = ROUBLES.exec(rest)
  if (unit === null) {
    const isSlang = /(?:косар|штук)\S*$/u.test(lower.slice(start, end))
    const isBare =
      asked && !OTHER_UNIT.test(rest) && !PART_OF_MORE.test(`${before.slice(-2)}#${rest.slice(0, 2)}`)
    return isSlang || isBare ? { kopecks: Math.round(value * 100), start, end } : undefined
  }
  const after = end + unit[0].length
  const small = KOPECKS.exec(lower.slice(after))
  const kopecks = findNumbers(small?.[1] ?? '')[0]?.value ?? 0
  return {
    kopecks: Math.round(value * 100) + (kopecks < 100 ? kopecks : 0),
    start,
    end: after + (small?.[0].length ?? 0),
  }
}

const GIGABYTE = 1024 ** 3
const MEGABYTE = 1024 ** 2
const UNITS: readonly (readonly [RegExp, FoundVolume['unit'], number])[] = [
  [
    /^[\s-]*(?:гб|гигабайт\p{L}*|гига(?:х|ми)?|гиг\p{L}{0,3}|gb|gigabytes?|gigs?)(?!\p{L})/u,
    'bytes',
    GIGABYTE,
  ],
  [
    /^[\s-]*(?:мб|мегабайт\p{L}*|мегов|мегабит\p{L}*|мег|метров|mb|megabytes?|megs?)(?!\p{L})/u,
    'bytes',
    MEGABYTE,
  ],
  [/^[\s-]*(?:мин(?:ут\p{L}{0,3})?|минуток|min(?:utes?|s)?)(?!\p{L})/u, 'seconds', 60],
  [/^[\s-]*(?:час(?:а|ов)?|hours?)(?!\p{L})/u, 'seconds', 3600],
  [
    /^[\s-]*(?:смс(?:ок|ки|ку|ка)?|sms(?:es)?|эсэмэс\p{L}*|сообщени\p{L}+|texts?|messages?)(?!\p{L})/u,
    'pieces',
    1,
  ],
]
const BARE: Readonly<Record<FoundVolume['unit'], number>> = { bytes: GIGABYTE, seconds: 60, pieces: 1 }

/**
 * Volumes of a package: «5 гигов», «полтора гига», «двести минут», «100 смс», "10 GB". A gigabyte is 1024³ bytes.
 * @param asked the unit that the question was for: a number alone is then gigabytes, minutes or pieces
 */
export function findVolumes(text: string, asked?: FoundVolume['unit']): FoundVolume[] {
  const lower = text.toLowerCase().replace(/ё/g, 'е')
  const found: FoundVolume[] = []
  for (const { value, start, end } of findNumbers(lower)) {
    if (value <= 0) continue
    const rest = lower.slice(end)
    const known = UNITS.map(([pattern, unit, size]) => ({ match: pattern.exec(rest), unit, size })).find(
      ({ match }) => match !== null,
    )
    if (known !== undefined)
      found.push({
        unit: known.unit,
        amount: Math.round(value * known.size),
        start,
        end: end + (known.match?.[0].length ?? 0),
      })
    else if (asked !== undefined && !ROUBLES.test(rest) && !FOREIGN.test(rest))
      found.push({ unit: asked, amount: Math.round(value * BARE[asked]), start, end })
  }
  for (const match of lower.matchAll(/(?<!\p{L})(?:гиг(?:абайт)?|a gig(?:abyte)?)(?!\p{L})/gu)) {
    const end = match.index + match[0].length
    if (!found.some((one) => one.start < end && match.index < one.end))
      found.push({ unit: 'bytes', amount: GIGABYTE, start: match.index, end })
  }
  return found.sort((a, b) => a.start - b.start)
}
