import { setTimeout as pause } from 'node:timers/promises'
import type { Value } from './engine/index.ts'
import { OPERATORS_ZONE } from './operators-zone.ts'
import { plainUnderstanding } from './plain-understanding.ts'
import {
  findDates,
  findMoney,
  findPhones,
  type LiveUnderstanding,
  readChoice,
  readYesNo,
} from './understanding/index.ts'
import type { Readable, Understanding, Understood } from './understanding-port.ts'

type Country = Parameters<typeof plainUnderstanding>[0]

const VERDICTS: Readonly<
  Record<ReturnType<LiveUnderstanding['understand']>['verdict'], Understood['verdict']>
> = {
  sure: 'sure',
  'half-sure': 'half',
  unsure: 'unsure',
  'out-of-scope': 'unsure',
}
/** Whoever waits for an answer gets a menu after that, rather than none. */
const PATIENCE_MS = 15_000

/** Understanding as it has learnt from the designers' examples; values in the words and numbers of people. */
export function trainedUnderstanding(
  live: Pick<LiveUnderstanding, 'understand' | 'drain'>,
  country: string,
): Understanding {
  const plain = plainUnderstanding(country as Country)
  const readers: Partial<Record<Readable, (text: string, now: Date) => Value | undefined>> = {
    'yes-no': (text) => {
      const answer = readYesNo(text)
      return answer === null ? undefined : answer === 'yes'
    },
    amount: (text) => {
      const [sum] = findMoney(text, { asked: true })
      return sum && { kopecks: sum.kopecks }
    },
    phone: (text) => findPhones(text)[0]?.msisdn.replace('+', ''),
    date: (text, now) => {
      const [days] = findDates(text, { now, zone: OPERATORS_ZONE, toward: 'future' })
      return days && { day: days.from }
    },
  }
  let preparing: Promise<void> | undefined
  return {
    prepared: () => {
      // What fails while learning is told by whoever learns.
      const learning = () => live.drain().catch(() => undefined)
      preparing ??= Promise.race([learning(), pause(PATIENCE_MS, undefined, { ref: false })])
      return preparing
    },
    meaning: (text) => {
      const { verdict, intents } = live.understand(text)
      return { verdict: VERDICTS[verdict], ranked: intents }
    },
    read: (kind, text, locale, now) => readers[kind]?.(text, now) ?? plain.read(kind, text, locale, now),
    choose: readChoice,
  }
}
