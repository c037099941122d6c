import type { Slot } from '../../../../contracts/flows.ts'
import { OPERATORS_ZONE } from '../operators-zone.ts'
import type { DialogState } from './state.ts'
import type { Value } from './words.ts'

const DAY_MS = 86_400_000
/** The day by which people count, not that of UTC. */
const DAY_OF_OPERATOR = new Intl.DateTimeFormat('sv', { timeZone: OPERATORS_ZONE })
const MSISDN = /^\d{10,15}$/
const DIGITS = /^\d+$/

type Lists = DialogState['lists']
type Judges = {
  readonly [T in Slot['type']]: (
    slot: Extract<Slot, { type: T }>,
    value: Value,
    lists: Lists,
    now: Date,
  ) => Value | undefined
}

const JUDGES: Judges = {
  amount: ({ minKopecks, maxKopecks }, value) => {
    const kopecks = typeof value === 'object' && 'kopecks' in value ? value.kopecks : Number.NaN
    return kopecks >= minKopecks && kopecks <= maxKopecks ? { kopecks } : undefined
  },
  date: ({ fromDays, toDays }, value, _lists, now) => {
    const day = typeof value === 'object' && 'day' in value ? value.day : ''
    const days = Math.round((Date.parse(day) - Date.parse(DAY_OF_OPERATOR.format(now))) / DAY_MS)
    return days >= fromDays && days <= toDays ? { day } : undefined
  },
  phone: (_slot, value) => (typeof value === 'string' && MSISDN.test(value) ? value : undefined),
  'yes-no': (_slot, value) => (typeof value === 'boolean' ? value : undefined),
  digits: ({ length }, value) =>
    typeof value === 'string' && value.length === length && DIGITS.test(value) ? value : undefined,
  text: ({ minLength, maxLength }, value) => {
    const text = typeof value === 'string' ? value.trim() : ''
    return text.length >= minLength && text.length <= maxLength ? text : undefined
  },
  item: ({ list }, value, lists) => {
    const item = typeof value === 'object' && 'item' in value ? value.item : undefined
    return lists[list]?.find((one) => one.item === item)
  },
  secret: (_slot, value) => (value === true ? true : undefined),
}

/** The value, if a slot may hold it; undefined: it is not right. Of a secret only that there is one. */
export function rightValue(
  slot: Slot,
  value: Value,
  { lists }: Pick<DialogState, 'lists'>,
  now: Date,
): Value | undefined {
  const judge = JUDGES[slot.type] as (slot: Slot, value: Value, lists: Lists, now: Date) => Value | undefined
  return judge(slot, value, lists, now)
}
