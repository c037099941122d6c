import { type Day, dayIn, dayOf, daysBetween, daysIn, plusDays, plusMonths, weekdayOf } from './days.ts'
import { type Found, findNumbers } from './numbers.ts'

/** The days that were meant, both included; one day has both the same. */
export interface FoundDays extends Found {
  readonly from: Day
  readonly to: Day
}
export interface DateOptions {
  readonly now: Date
  /** Time zone of whoever speaks: `Europe/Moscow`. */
  readonly zone: string
  /** What is asked about: «в пятницу» of charges is the last one, of deliveries the next one. */
  readonly toward: 'past' | 'future'
}

const MONTHS: readonly RegExp[] = [
  /^(?:янв(?:ар[ьяеюё]\p{L}*)?|jan(?:uary)?)$/u,
  /^(?:фев(?:р|рал[ьяею]\p{L}*)?|feb(?:ruary)?)$/u,
  /^(?:мар(?:т[аеу]?|том)?|mar(?:ch)?)$/u,
  /^(?:апр(?:ел[ьяею]\p{L}*)?|apr(?:il)?)$/u,
  /^(?:ма[йяею]|маем|may)$/u,
  /^(?:июн[ьяею]|июнем|june?)$/u,
  /^(?:июл[ьяею]|июлем|july?)$/u,
  /^(?:авг(?:уст[аеу]?|устом)?|aug(?:ust)?)$/u,
  /^(?:сент?(?:ябр[ьяею]\p{L}*)?|sept?(?:ember)?)$/u,
  /^(?:окт(?:ябр[ьяею]\p{L}*)?|oct(?:ober)?)$/u,
  /^(?:ноя(?:б|бр[ьяею]\p{L}*)?|nov(?:ember)?)$/u,
  /^(?:дек(?:абр[ьяею]\p{L}*)?|dec(?:ember)?)$/u,
]
const WEEKDAYS: readonly RegExp[] = [
  /^(?:понедельник(?:а|у|ом|е)?|пн|monday|mon)$/u,
  /^(?:вторник(?:а|у|ом|е)?|вт|tuesday|tue)$/u,
  /^(?:сред(?:а|у|ы|е|ой)|ср|wednesday|wed)$/u,
  /^(?:четверг(?:а|у|ом|е)?|чт|thursday|thu)$/u,
  /^(?:пятниц(?:а|у|ы|е|ей)|пт|friday|fri)$/u,
  /^(?:суббот(?:а|у|ы|е|ой)|сб|saturday|sat)$/u,
  /^(?:воскресень(?:е|я|ю|ем)|вс|sunday|sun)$/u,
]
const RELATIVE: readonly (readonly [RegExp, number])[] = [
  [/(?<!\p{L})(?:позавчера(?:шн\p{L}+)?|the day before yesterday)(?!\p{L})/gu, -2],
  [/(?<!\p{L})(?:вчера(?:шн\p{L}+)?|yesterday)(?!\p{L})/gu, -1],
  [/(?<!\p{L})(?:сегодня(?:шн\p{L}+)?|сёдня|седня|today|tonight)(?!\p{L})/gu, 0],
  [/(?<!\p{L})(?:послезавтра|the day after tomorrow)(?!\p{L})/gu, 2],
  [/(?<!\p{L})(?:завтра(?:шн\p{L}+)?|tomorrow)(?!\p{L})/gu, 1],
]
const DAY_ORDINALS = new Map(
  `первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого одиннадцатого двенадцатого тринадцатого
   четырнадцатого пятнадцатого шестнадцатого семнадцатого восемнадцатого девятнадцатого двадцатого`
    .split(/\s+/)
    .map((word, at) => [word, at + 1] as const)
    .concat(
      'первое второе третье четвертое пятое шестое седьмое восьмое девятое десятое'
        .split(' ')
        .map((word, at) => [word, at + 1] as const),
    )
    .concat([
      ['тридцатого', 30],
      ['двадцатое', 20],
      ['тридцатое', 30],
    ]),
)

type Maker = (match: RegExpMatchArray, today: Day, options: DateOptions) => readonly [Day, Day] | undefined
const one = (day: Day | undefined): readonly [Day, Day] | undefined =>
  day === undefined ? undefined : [day, day]
const monthNumber = (word: string): number => MONTHS.findIndex((pattern) => pattern.test(word)) + 1

/** The year that a day without one is in: the nearest in the direction that is asked about; today counts in both. */
function nearYear(today: Day, month: number, date: number, toward: DateOptions['toward']): Day | undefined {
  const year = Number(today.slice(0, 4))
  const years = toward === 'past' ? [year, year - 1, year - 4] : [year, year + 1, year + 4]
  for (const candidate of years) {
    const day = dayOf(candidate, month, date)
    if (day !== undefined && (toward === 'past' ? day <= today : day >= today)) return day
  }
  return undefined
}

function fullYear(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  return given.length === 2 ? 2000 + Number(given) : Number(given)
}

function makeDay(
  today: Day,
  toward: DateOptions['toward'],
  given: { date: number; month: number; year: string | undefined },
): Day | undefined {
  const year = fullYear(given.year)
  return year === undefined
    ? nearYear(today, given.month, given.date, toward)
    : dayOf(year, given.month, given.date)
}

function monthSpan(month: string): readonly [Day, Day] {
  return [`${month}-01`, `${month}-${String(daysIn(month)).padStart(2, '0')}`]
}

function nearestWeekday(today: Day, weekday: number, which: string, toward: DateOptions['toward']): Day {
  const monday = plusDays(today, -weekdayOf(today))
  if (/^(?:этот|эт|this)/.test(which)) return plusDays(monday, weekday)
  if (/^(?:прошл|last)/.test(which)) {
    // «В прошлую пятницу» on a Saturday is yesterday for some and a week before for others: the last one that is over.
    const back = (weekdayOf(today) - weekday + 7) % 7 || 7
    return plusDays(today, -back)
  }
  if (/^(?:следующ|next)/.test(which)) return plusDays(monday, 7 + weekday)
  if (toward === 'past') return plusDays(today, -((weekdayOf(today) - weekday + 7) % 7))
  return plusDays(today, (weekday - weekdayOf(today) + 7) % 7)
}

const WORD = String.raw`\p{L}+`
const YEAR = String.raw`(?:\s+(?:of\s+)?(\d{4})(?:\s*(?:г\.?|года?у?))?)?`
const B = String.raw`(?<![\p{L}\d])`
const E = String.raw`(?![\p{L}\d])`

/** The ways to say days, the longest first: a piece of text is read once. Dictated numbers are digits by then. */
const WAYS: readonly (readonly [RegExp, Maker])[] = [
  // 2026-05-03
  [
    new RegExp(`${B}(\\d{4})-(\\d{2})-(\\d{2})${E}`, 'gu'),
    ([, year, month, date]) => one(dayOf(Number(year), Number(month), Number(date))),
  ],
  // 03.05.2026 – 07.05.2026, 3.05-7.05
  [
    new RegExp(
      `${B}(\\d{1,2})[./](\\d{1,2})(?:[./](\\d{4}|\\d{2}))?\\s*(?:-|–|—|по|до|to|till)\\s*(\\d{1,2})[./](\\d{1,2})(?:[./](\\d{4}|\\d{2}))?${E}`,
      'gu',
    ),
    ([, date, month, year, toDate, toMonth, toYear], today, { toward }) =>
      spanOf(
        makeDay(today, toward, { date: Number(date), month: Number(month), year: year ?? toYear }),
        makeDay(today, toward, { date: Number(toDate), month: Number(toMonth), year: toYear ?? year }),
      ),
  ],
  [
    new RegExp(
      `${B}(\\d{1,2})[./](\\d{1,2})(?:[./](\\d{4}|\\d{2}))?${E}(?!\\s*(?:руб|р(?!\\p{L})|₽|гб|gb))`,
      'gu',
    ),
    ([, date, month, year], today, { toward }) =>
      one(makeDay(today, toward, { date: Number(date), month: Number(month), year })),
  ],
  // с 3 по 7 мая, 3–7 мая, from 3 to 7 May
  [
    new RegExp(
      `${B}(\\d{1,2})(?:-?(?:го|е|th|st|nd|rd))?\\s*(?:-|–|—|по|до|to|till)\\s*(\\d{1,2})(?:-?(?:го|е|th|st|nd|rd))?\\s+(?:of\\s+)?(${WORD})${YEAR}`,
      'gu',
    ),
    ([, date, toDate, word, year], today, { toward }) => {
      const month = monthNumber(word ?? '')
      if (month === 0) return undefined
      const to = makeDay(today, toward, { date: Number(toDate), month, year })
      return spanOf(to === undefined ? undefined : dayOf(Number(to.slice(0, 4)), month, Number(date)), to)
    },
  ],
  // с 28 апреля по 3 мая
  [
    new RegExp(
      `${B}(\\d{1,2})(?:-?(?:го|е|th|st|nd|rd))?\\s+(?:of\\s+)?(${WORD})${YEAR}\\s*(?:-|–|—|по|до|to|till)\\s*(\\d{1,2})(?:-?(?:го|е|th|st|nd|rd))?\\s+(?:of\\s+)?(${WORD})${YEAR}`,
      'gu',
    ),
    ([, date, word, year, toDate, toWord, toYear], today, { toward }) => {
      const [month, toMonth] = [monthNumber(word ?? ''), monthNumber(toWord ?? '')]
      if (month === 0 || toMonth === 0) return undefined
      return spanOf(
        makeDay(today, toward, { date: Number(date), month, year: year ?? toYear }),
        makeDay(today, toward, { date: Number(toDate), month: toMonth, year: toYear ?? year }),
      )
    },
  ],
  // 3 мая, 3rd of May 2026
  [
    new RegExp(`${B}(\\d{1,2})(?:-?(?:го|е|th|st|nd|rd))?\\s+(?:of\\s+)?(${WORD})${YEAR}`, 'gu'),
    ([, date, word, year], today, { toward }) => {
      const month = monthNumber(word ?? '')
      return month === 0 ? undefined : one(makeDay(today, toward, { date: Number(date), month, year }))
    },
  ],
  // May 3
  [
    new RegExp(`${B}(${WORD})\\s+(?:the\\s+)?(\\d{1,2})(?:th|st|nd|rd)?(?:,?\\s+(\\d{4}))?${E}`, 'gu'),
    ([, word, date, year], today, { toward }) => {
      const month = /^[a-z]/.test(word ?? '') ? monthNumber(word ?? '') : 0
      return month === 0 ? undefined : one(makeDay(today, toward, { date: Number(date), month, year }))
    },
  ],
  // 3 числа, 3-го
  [
    new RegExp(`${B}(\\d{1,2})(?:(?:-?(?:го|е))?\\s+числ[аоеу]м?|-?го)${E}`, 'gu'),
    ([, date], today, { toward }) => {
      for (const step of toward === 'past' ? [0, -1, -2] : [0, 1, 2]) {
        const month = plusMonths(`${today.slice(0, 7)}-01`, step)
        const day = dayOf(Number(month.slice(0, 4)), Number(month.slice(5, 7)), Number(date))
        if (day !== undefined && (toward === 'past' ? day <= today : day >= today)) return one(day)
      }
      return undefined
    },
  ],
  // за последние 3 дня, last 2 weeks
  [
    new RegExp(
      `${B}(?:последн(?:ие|их|юю|ий|ее)|прошедш\\p{L}+|(?:the )?(?:last|past))\\s+(?:(\\d{1,3})\\s+)?(${WORD})${E}`,
      'gu',
    ),
    ([whole, count, word], today) => {
      const unit = unitOf(word ?? '')
      if (unit === undefined || (count === undefined && !/последн|past/.test(whole))) return undefined
      return [plusDays(back(today, unit, Number(count ?? 1)), 1), today]
    },
  ],
  // 3 дня назад, 2 weeks ago, неделю назад
  [
    new RegExp(`${B}(?:(\\d{1,3}|a|an)\\s+)?(${WORD})\\s+(?:тому\\s+)?(?:назад|ago)${E}`, 'gu'),
    ([, count, word], today) => {
      const unit = unitOf(word ?? '')
      return unit === undefined ? undefined : one(back(today, unit, Number(count) || 1))
    },
  ],
  // через 3 дня, in 2 weeks, через неделю
  [
    new RegExp(`${B}(?:через|in)\\s+(?:(\\d{1,3}|a|an)\\s+)?(${WORD})${E}`, 'gu'),
    ([, count, word], today) => {
      const unit = unitOf(word ?? '')
      return unit === undefined ? undefined : one(back(today, unit, -(Number(count) || 1)))
    },
  ],
  // на прошлой неделе, в этом месяце, next month, с начала месяца
  [
    new RegExp(
      `${B}(прошл\\p{L}+|эт(?:ой|от|ом|у)|текущ\\p{L}+|следующ\\p{L}+|last|this|next)\\s+(недел\\p{L}+|месяц\\p{L}*|год\\p{L}*|week|month|year)${E}`,
      'gu',
    ),
    ([, which, unit], today) => {
      const step = /^(?:прошл|last)/.test(which ?? '') ? -1 : /^(?:следующ|next)/.test(which ?? '') ? 1 : 0
      if (/^(?:недел|week)/.test(unit ?? '')) {
        const monday = plusDays(today, step * 7 - weekdayOf(today))
        return [monday, plusDays(monday, 6)]
      }
      if (/^(?:месяц|month)/.test(unit ?? ''))
        return monthSpan(plusMonths(`${today.slice(0, 7)}-01`, step).slice(0, 7))
      const year = Number(today.slice(0, 4)) + step
      return [`${year}-01-01`, `${year}-12-31`]
    },
  ],
  [
    new RegExp(
      `${B}(?:с начала|since the (?:beginning|start) of(?: the)?)\\s+(недел\\p{L}+|месяца|года|week|month|year)${E}`,
      'gu',
    ),
    ([, unit], today) => {
      if (/^(?:недел|week)/.test(unit ?? '')) return [plusDays(today, -weekdayOf(today)), today]
      return [
        /^(?:месяц|month)/.test(unit ?? '') ? `${today.slice(0, 7)}-01` : `${today.slice(0, 4)}-01-01`,
        today,
      ]
    },
  ],
  // в прошлую пятницу, next Monday, в среду
  [
    new RegExp(`${B}(?:(прошл\\p{L}+|эт(?:от|у|о)|следующ\\p{L}+|last|this|next)\\s+)?(${WORD})${E}`, 'gu'),
    ([, which, word], today, { toward }) => {
      const weekday = WEEKDAYS.findIndex((pattern) => pattern.test(word ?? ''))
      return weekday < 0 ? undefined : one(nearestWeekday(today, weekday, which ?? '', toward))
    },
  ],
  // в мае, за март 2026, в прошлом мае
  [
    new RegExp(
      `${B}(?:в|во|за|на|с|in|for|since|during)\\s+(?:(прошл\\p{L}+|last)\\s+)?(${WORD})${YEAR}${E}`,
      'gu',
    ),
    ([, , word, year], today, { toward }) => {
      const month = monthNumber(word ?? '')
      if (month === 0) return undefined
      if (year !== undefined) return monthSpan(`${year}-${String(month).padStart(2, '0')}`)
      const now = Number(today.slice(0, 4))
      const here = `${now}-${String(month).padStart(2, '0')}`
      const isOff = toward === 'past' ? here > today.slice(0, 7) : here < today.slice(0, 7)
      return monthSpan(isOff ? `${toward === 'past' ? now - 1 : now + 1}${here.slice(4)}` : here)
    },
  ],
]

function spanOf(from: Day | undefined, to: Day | undefined): readonly [Day, Day] | undefined {
  if (from === undefined || to === undefined) return undefined
  // «с 28 декабря по 3 января»: the year changed on the way.
  if (daysBetween(from, to) < 0) {
    const earlier = plusMonths(from, -12)
    return daysBetween(earlier, to) >= 0 && from.slice(5) > to.slice(5) ? [earlier, to] : undefined
  }
  return [from, to]
}

type Unit = 'day' | 'week' | 'month' | 'year'
function unitOf(word: string): Unit | undefined {
  if (/^(?:д(?:ень|ня|ней)|дн[яей]+|сут\p{L}+|days?)$/u.test(word)) return 'day'
  if (/^(?:недел\p{L}+|weeks?)$/u.test(word)) return 'week'
  if (/^(?:месяц\p{L}*|months?)$/u.test(word)) return 'month'
  return /^(?:год[аеу]?|лет|years?)$/u.test(word) ? 'year' : undefined
}

function back(today: Day, unit: Unit, count: number): Day {
  if (unit === 'day') return plusDays(today, -count)
  if (unit === 'week') return plusDays(today, -7 * count)
  return plusMonths(today, unit === 'month' ? -count : -12 * count)
}

/**
 * The days that a text names, in the order of the text, relative to an instant in a time zone: «завтра», «в прошлую пятницу», «с 3 по 7 мая», «3 числа»,
 * «пятого мая», «за последние 3 дня», «в прошлом месяце», "yesterday", "last Monday", "May 3". Impossible days («31 июня») are not found.
 */
export function findDates(text: string, options: DateOptions): FoundDays[] {
  const today = dayIn(options.zone, options.now)
  const { plain, placeOf } = withDigits(text.toLowerCase().replace(/ё/g, 'е'))
  const found: FoundDays[] = []
  const add = (at: number, length: number, days: readonly [Day, Day] | undefined) => {
    if (days === undefined) return
    const [start, end] = [placeOf(at), placeOf(at + length)]
    if (found.some((other) => other.start < end && start < other.end)) return
    found.push({ from: days[0], to: days[1], start, end })
  }
  for (const [pattern, make] of WAYS)
    for (const match of plain.matchAll(pattern))
      add(match.index, match[0].length, make(match, today, options))
  for (const [pattern, days] of RELATIVE)
    for (const match of plain.matchAll(pattern)) add(match.index, match[0].length, one(plusDays(today, days)))
  return found.sort((a, b) => a.start - b.start)
}

/** Numbers and ordinals in words as digits, and where a place of the new text was in the given one. */
function withDigits(text: string): { plain: string; placeOf: (at: number) => number } {
  const spoken = /\p{L}+/gu
  const changes: { start: number; end: number; digits: string }[] = []
  let tens: { start: number; value: number; end: number } | undefined
  for (const match of text.matchAll(spoken)) {
    const [start, end] = [match.index, match.index + match[0].length]
    const ordinal = DAY_ORDINALS.get(match[0])
    if (ordinal !== undefined) {
      const from = tens !== undefined && tens.end + 1 === start && ordinal < 10 ? tens : undefined
      changes.push({ start: from?.start ?? start, end, digits: `${(from?.value ?? 0) + ordinal}-го` })
    }
    tens =
      match[0] === 'двадцать' || match[0] === 'тридцать'
        ? { start, end, value: match[0] === 'двадцать' ? 20 : 30 }
        : undefined
  }
  for (const { start, end, value } of findNumbers(text)) {
    const isWord = /\p{L}/u.test(text.slice(start, end))
    if (
      isWord &&
      value <= 366 &&
      Number.isInteger(value) &&
      !changes.some((one) => one.start < end && start < one.end)
    )
      changes.push({ start, end, digits: String(value) })
  }
  changes.sort((a, b) => a.start - b.start)
  let plain = ''
  let at = 0
  const places: number[] = []
  const copy = (piece: string, from: number, isKept: boolean) => {
    for (let n = 0; n < piece.length; n++) places.push(isKept ? from + n : from)
    plain += piece
  }
  for (const { start, end, digits } of changes) {
    copy(text.slice(at, start), at, true)
    copy(digits, start, false)
    at = end
  }
  copy(text.slice(at), at, true)
  return { plain, placeOf: (place) => places[place] ?? (place >= plain.length ? text.length : 0) }
}
