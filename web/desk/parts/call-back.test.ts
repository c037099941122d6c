import { describe, expect, test } from 'vitest'
import { sayCallBack, stateOfCallBack } from './call-back.ts'

/** Nine in the morning in Vladivostok is two in the morning in Moscow. */
const callBack = { at: '2026-11-26T23:00:00.000Z', timeZone: 'Asia/Vladivostok', msisdn: '79000000909' }
const state = (now: string) => stateOfCallBack(callBack, Date.parse(now))

describe('a promised call', () => {
  test('comes, is due from its time on, and overdue once that day is over where the person is', () => {
    expect(state('2026-11-26T22:59:59Z')).toBe('coming')
    expect(state('2026-11-26T23:00:00Z')).toBe('due')
    expect(state('2026-11-27T13:59:59Z')).toBe('due')
    expect(state('2026-11-27T14:00:00Z')).toBe('overdue')
  })

  test('is said by the person’s clock', () => {
    expect(sayCallBack(callBack, 'ru')).toEqual({ at: '27 ноября в 09:00', zone: 'МСК+7' })
    expect(sayCallBack(callBack, 'en')).toEqual({ at: '27 November at 09:00', zone: 'MSK+7' })
  })
})
