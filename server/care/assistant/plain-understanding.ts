import { type normaliseMsisdn as Normalise, normaliseMsisdn } from '../subscribers/index.ts'
import type { Value } from './engine/index.ts'
import type { Readable, Understanding } from './understanding-port.ts'

const YES =
  /^(?:да|ага|угу|конечно|подтверждаю|верно|давай(?:те)?|ок|окей|хорошо|yes|yeah|yep|ok|okay|sure|confirm)$/u
const NO =
  /^(?:нет|не|не надо|не нужно|отмена|отменить|стоп|передумал|передумала|no|nope|cancel|stop|don t)$/u
const TODAY = /^(?:сегодня|today)$/u
const TOMORROW = /^(?:завтра|tomorrow)$/u
const AMOUNT = /(\d{1,7})(?:[.,](\d{1,2}))?/u
const DAY = /(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?/u
const DIGITS = /^\d{1,20}$/u
const DAY_MS = 86_400_000

const plainOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()

type Reader = (text: string, now: Date) => Value | undefined

function readYesNo(text: string): boolean | undefined {
  const said = plainOf(text)
  if (YES.test(said)) return true
  return NO.test(said) ? false : undefined
}

function readAmount(text: string): Value | undefined {
  const [, whole, part = '0'] = AMOUNT.exec(text.replace(/(?<=\d)[\s\u00a0](?=\d{3})/gu, '')) ?? []
  return whole === undefined ? undefined : { kopecks: Number(whole) * 100 + Number(part.padEnd(2, '0')) }
}

function readDigits(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '')
  return DIGITS.test(digits) ? digits : undefined
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

function readDay(text: string, now: Date): Value | undefined {
  const said = plainOf(text)
  if (TODAY.test(said)) return { day: dayOf(now.getTime()) }
  if (TOMORROW.test(said)) return { day: dayOf(now.getTime() + DAY_MS) }
  const [, date, month, year = String(now.getUTCFullYear())] = DAY.exec(text) ?? []
  if (date === undefined || month === undefined) return undefined
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const at = Date.parse(`${day}T00:00:00Z`)
  // The 31st of February is another day.
  return Number.isNaN(at) || dayOf(at) !== day ? undefined : { day }
}

/** Understanding that knows nothing but forms: for where none is trained. Free words mean nothing to it. */
export function plainUnderstanding(country: Parameters<typeof Normalise>[1]): Understanding {
  const readers: Readonly<Record<Readable, Reader>> = {
    'yes-no': readYesNo,
    phone: (text) => normaliseMsisdn(text, country),
    amount: readAmount,
    digits: readDigits,
    date: readDay,
    text: (text) => text.trim() || undefined,
  }
  return {
    prepared: async () => undefined,
    meaning: () => ({ verdict: 'unsure', ranked: [] }),
    read: (kind, text, _locale, now) => readers[kind](text, now),
    choose: () => null,
  }
}
