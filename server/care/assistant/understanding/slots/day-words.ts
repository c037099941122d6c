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

/** 1 to 12; 0: it is no month. */
export const monthNumber = (word: string): number => MONTHS.findIndex((pattern) => pattern.test(word)) + 1

/** 0 = Monday; -1: it is no day of the week. */
export const weekdayNumber = (word: string): number => WEEKDAYS.findIndex((pattern) => pattern.test(word))

export type Unit = 'day' | 'week' | 'month' | 'year'

/** The unit that a word counts; undefined: none. */
export function unitOf(word: string): Unit | undefined {
  if (/^(?:д(?:ень|ня|ней)|дн[яей]+|сут\p{L}+|days?)$/u.test(word)) return 'day'
  if (/^(?:недел\p{L}+|weeks?)$/u.test(word)) return 'week'
  if (/^(?:месяц\p{L}*|months?)$/u.test(word)) return 'month'
  return /^(?:год[аеу]?|лет|years?)$/u.test(word) ? 'year' : undefined
}
