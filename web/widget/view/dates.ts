import type { Texts } from '../locales/index.ts'

const DAY_MS = 86_400_000

/** «14:05» in the visitor's own time zone. */
export const clockOf = (texts: Texts, at: string): string =>
  new Date(at).toLocaleTimeString(texts.locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** «Сегодня», «Вчера», «12 ноября», and the year where it is another one. */
export const dayNameOf = (texts: Texts, at: string, now: number = Date.now()): string => {
  const date = new Date(at)
  const today = new Date(now)
  if (date.toDateString() === today.toDateString()) return texts.today
  if (date.toDateString() === new Date(now - DAY_MS).toDateString()) return texts.yesterday
  return date.toLocaleDateString(texts.locale, {
    day: 'numeric',
    month: 'long',
    ...(date.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' }),
  })
}

/** «340 КБ», «1,4 МБ», with a no-break space. */
export const sizeOf = (texts: Texts, bytes: number): string => {
  const [kilo, mega, giga] = texts.bytes
  const steps: [number, string][] = [
    [1024 ** 3, giga],
    [1024 ** 2, mega],
    [1024, kilo],
  ]
  const [unit, name] = steps.find(([size]) => bytes >= size) ?? [1024, kilo]
  const value = Math.max(bytes / unit, 0.1)
  return `${value.toLocaleString(texts.locale, { maximumFractionDigits: value < 10 ? 1 : 0 })}\u00a0${name}`
}
