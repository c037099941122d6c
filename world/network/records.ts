import { createHash } from 'node:crypto'
import type { Person } from '../core/people.ts'

/** A call, a message or some data, as a mediation system tells it. */
export interface UsageRecord {
  name: string
  msisdn: string
  type: 'data' | 'voice' | 'sms'
  direction: 'out' | 'in'
  amount: number
  at: string
  other?: string
}

const MB = 1024 ** 2
const HOUR_MS = 3_600_000
/** Whose phone has keys. */
const WITHOUT_DATA: ReadonlySet<string> = new Set(['zinaida'])
/** Nobody called on the nights before; now somebody may be looking. */
const AWAKE = { from: 7, to: 23 }
/** Moscow, all year. */
const ZONE_HOURS = 3

/** Dice of their own for a person and an instant: whoever throws them again throws the same. */
function diceOf(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface Stretch {
  /** When it began, in milliseconds since the epoch. */
  from: number
  ms: number
}

/** What a person used in a stretch of time: the same whenever it is asked, under the same names. The others are whom they call. */
export function usageOf(person: Person, others: readonly Person[], { from, ms }: Stretch): UsageRecord[] {
  const dice = diceOf(`${person.msisdn} ${from} ${ms}`)
  const hour = new Date(from + ZONE_HOURS * HOUR_MS).getUTCHours()
  if (ms >= HOUR_MS && (hour < AWAKE.from || hour >= AWAKE.to)) return []
  const records: UsageRecord[] = []
  const add = (record: Pick<UsageRecord, 'type' | 'direction' | 'amount' | 'other'>): void => {
    const at = new Date(from + Math.floor(dice() * ms)).toISOString()
    records.push({
      name: `net-${person.msisdn}-${from}-${records.length}`,
      msisdn: person.msisdn,
      at,
      ...record,
    })
  }
  const someone = (): string => others[Math.floor(dice() * others.length)]?.msisdn ?? '79000000000'
  const way = (): 'in' | 'out' => (dice() < 0.4 ? 'in' : 'out')
  const share = ms / HOUR_MS
  const most = (WITHOUT_DATA.has(person.key) ? 0 : 2 + 60 * share) * MB
  if (dice() < 0.7 && most > 0)
    add({ type: 'data', direction: 'out', amount: Math.ceil((0.1 + dice()) * most) })
  if (dice() < 0.1 * Math.min(1, share * 10))
    add({ type: 'voice', direction: way(), amount: 20 + Math.floor(dice() * 580), other: someone() })
  if (dice() < 0.05 * Math.min(1, share * 10))
    add({ type: 'sms', direction: way(), amount: 1, other: someone() })
  return records
}
