import { monthNumber, unitOf, weekdayNumber } from './day-words.ts'
import { type Day, dayOf, plusDays, plusMonths, weekdayOf } from './days.ts'
import {
  back,
  makeDay,
  monthSpan,
  nearestWeekday,
  one,
  type Span,
  spanOf,
  type Toward,
} from './reckon-days.ts'

/** The days that a match means; undefined: it means none after all. */
type Maker = (match: RegExpMatchArray, today: Day, toward: Toward) => Span | undefined

const WORD = String.raw`\p{L}+`
const YEAR = String.raw`(?:\s+(?:of\s+)?(\d{4})(?:\s*(?:г\.?|года?у?))?)?`
const B = String.raw`(?<![\p{L}\d])`
const E = String.raw`(?![\p{L}\d])`

/** The ways to say days, the longest first: a piece of text is read once. Dictated numbers are digits by then. */
export const WAYS: readonly (readonly [RegExp, Maker])[] = [
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
    ([, date, month, year, toDate, toMonth, toYear], today, toward) =>
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
    ([, date, month, year], today, toward) =>
      one(makeDay(today, toward, { date: Number(date), month: Number(month), year })),
  ],
  // с 3 по 7 мая, 3–7 мая, from 3 to 7 May
  [
    new RegExp(
      `${B}(\\d{1,2})(?:-?(?:го|е|th|st|nd|rd))?\\s*(?:-|–|—|по|до|to|till)\\s*(\\d{1,2})(?:-?(?:го|е|th|st|nd|rd))?\\s+(?:of\\s+)?(${WORD})${YEAR}`,
      'gu',
    ),
    ([, date, toDate, word, year], today, toward) => {
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
    ([, date, word, year, toDate, toWord, toYear], today, toward) => {
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
    ([, date, word, year], today, toward) => {
      const month = monthNumber(word ?? '')
      return month === 0 ? undefined : one(makeDay(today, toward, { date: Number(date), month, year }))
    },
  ],
  // May 3
  [
    new RegExp(`${B}(${WORD})\\s+(?:the\\s+)?(\\d{1,2})(?:th|st|nd|rd)?(?:,?\\s+(\\d{4}))?${E}`, 'gu'),
    ([, word, date, year], today, toward) => {
      const month = /^[a-z]/.test(word ?? '') ? monthNumber(word ?? '') : 0
      return month === 0 ? undefined : one(makeDay(today, toward, { date: Number(date), month, year }))
    },
  ],
  // 3 числа, 3-го
  [
    new RegExp(`${B}(\\d{1,2})(?:(?:-?(?:го|е))?\\s+числ[аоеу]м?|-?го)${E}`, 'gu'),
    ([, date], today, toward) => {
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
    ([, which, word], today, toward) => {
      const weekday = weekdayNumber(word ?? '')
      return weekday < 0 ? undefined : one(nearestWeekday(today, weekday, which ?? '', toward))
    },
  ],
  // в мае, за март 2026, в прошлом мае
  [
    new RegExp(
      `${B}(?:в|во|за|на|с|in|for|since|during)\\s+(?:(прошл\\p{L}+|last)\\s+)?(${WORD})${YEAR}${E}`,
      'gu',
    ),
    ([, , word, year], today, toward) => {
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

/** Words that are a day by themselves, and how many days after today it is. */
export const RELATIVE: readonly (readonly [RegExp, number])[] = [
  [/(?<!\p{L})(?:позавчера(?:шн\p{L}+)?|the day before yesterday)(?!\p{L})/gu, -2],
  [/(?<!\p{L})(?:вчера(?:шн\p{L}+)?|yesterday)(?!\p{L})/gu, -1],
  [/(?<!\p{L})(?:сегодня(?:шн\p{L}+)?|седня|today|tonight)(?!\p{L})/gu, 0],
  [/(?<!\p{L})(?:послезавтра|the day after tomorrow)(?!\p{L})/gu, 2],
  [/(?<!\p{L})(?:завтра(?:шн\p{L}+)?|tomorrow)(?!\p{L})/gu, 1],
]
