import type { OrderEffect } from '../../../contracts/orders.ts'
import { formatDay, formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { WarnIcon } from '../parts/icons.tsx'
import styles from './orders.module.css'
import { volumeText } from './volume-text.ts'

interface Props {
  readonly effects: readonly OrderEffect[]
  /** What offerings are called. */
  readonly nameOf: (code: string) => string
}

/** What will happen, line by line: first what is in the way, then what must be known, then money and volumes. */
export function Effects({ effects, nameOf }: Props) {
  const { w } = useWords()
  const sentence = useSentence(nameOf, effects.filter(({ effect }) => effect === 'charge-ends').length > 1)
  // One warning for several things is said once.
  const said = new Map(effects.map((effect) => [sentence(effect), effect]))
  const shown = [...said].sort(([, a], [, b]) => weightOf(a) - weightOf(b))
  return (
    <ul class={styles.effects}>
      {shown.map(([text, { effect }]) => (
        <li key={text} data-effect={effect}>
          {(effect === 'conflict' || effect === 'warning') && <WarnIcon size={20} />}
          <span>{text}</span>
        </li>
      ))}
      {shown.length === 0 && <li>{w.order.nothing}</li>}
    </ul>
  )
}

const FIRST = ['conflict', 'warning', 'charge-now', 'charge-later']
const weightOf = ({ effect }: OrderEffect): number =>
  (FIRST.indexOf(effect) + FIRST.length + 1) % (FIRST.length + 1)

/** With `severalEnd`, each charge that ends is told with its name: two may be of the same sum. */
function useSentence(nameOf: Props['nameOf'], severalEnd: boolean) {
  const { w, locale } = useWords()
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  const day = (at: string) => formatDay(at, locale)
  return (effect: OrderEffect): string => {
    switch (effect.effect) {
      case 'charge-now':
        return (w.order.chargeFor[effect.for] ?? w.order.chargeNow)(money(effect.kopecks))
      case 'charge-later':
        if (effect.kopecks === 0) return w.order.freeFrom(day(effect.at))
        return effect.every === null
          ? w.order.chargeLaterOnce(money(effect.kopecks), day(effect.at))
          : w.order.chargeLater(`${money(effect.kopecks)} ${everyOf(w, effect.every)}`, day(effect.at))
      case 'charge-ends':
        return severalEnd
          ? w.order.chargeEndsOf(nameOf(effect.for), money(effect.kopecks), everyOf(w, effect.every))
          : w.order.chargeEnds(money(effect.kopecks), everyOf(w, effect.every))
      case 'receive-money':
        return w.order.receive(money(effect.kopecks))
      case 'gain': {
        const what = volumeText(w, effect.type, effect.amount, locale)
        return effect.until === null ? w.order.gain(what) : w.order.gainUntil(what, day(effect.until))
      }
      case 'lose':
        return w.order.lose(volumeText(w, effect.type, effect.amount, locale))
      case 'disconnects':
        return w.order.disconnects(nameOf(effect.code))
      case 'warning':
        return w.order.warnings[effect.warning]
      case 'conflict':
        return conflictText(w, effect, nameOf, money)
    }
  }
}

type Words = ReturnType<typeof useWords>['w']

const everyOf = (w: Words, every: string): string =>
  Object.entries(w.services.price).find(([name]) => name === every)?.[1] ?? w.services.price.monthly

/** What is in the way, in words. */
export function conflictText(
  w: Words,
  { conflict, about, facts }: Extract<OrderEffect, { effect: 'conflict' }>,
  nameOf: Props['nameOf'],
  money: (kopecks: number) => string,
): string {
  if (conflict === 'limit') return limitText(w, facts, money)
  if (conflict === 'too-early' && typeof facts?.fromAgeDays === 'number')
    return w.order.fromAge(facts.fromAgeDays)
  const text = w.order.conflicts[conflict]
  if (typeof text === 'string') return text
  if (conflict === 'balance') return text(money(Number(facts?.kopecks ?? 0)))
  return text(nameOf(about ?? ''))
}

/** Which bounds an amount passes: the operator's are told with their numbers; without any it is the limit that the person has set. */
function limitText(
  w: Words,
  facts: Readonly<Record<string, unknown>> = {},
  money: (kopecks: number) => string,
): string {
  const { limits } = w.order
  const sum = (name: string) => (typeof facts[name] === 'number' ? money(facts[name]) : undefined)
  const [least, most, inDay, inMonth] = ['minKopecks', 'maxKopecks', 'dayMaxKopecks', 'monthMaxKopecks'].map(
    sum,
  )
  if (least && most) return limits.between(least, most)
  if (least) return limits.least(least)
  if (most) return limits.most(most)
  if (inDay) return limits.inDay(inDay, Number(facts.dayMaxCount ?? 0))
  return inMonth ? limits.inMonth(inMonth) : w.order.conflicts.limit
}
