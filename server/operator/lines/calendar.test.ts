import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayOf, isTimeZone, monthOf, occurrence, startOfDay, startOfMonth } from './calendar.ts'

const at = (text: string) => new Date(text)
const months = (anchor: string, zone: string, count: number) =>
  Array.from({ length: count }, (_, n) => occurrence(at(anchor), zone, 'monthly', n + 1).toISOString())

describe('a calendar month from an anchor day', () => {
  test('takes the last day where there is no such day, and returns to the anchor’s', () => {
    expect(months('2027-01-31T09:00:00Z', 'Europe/Moscow', 3)).toEqual([
      '2027-02-28T09:00:00.000Z',
      '2027-03-31T09:00:00.000Z',
      '2027-04-30T09:00:00.000Z',
    ])
  })

  test('knows leap years', () => {
    expect(months('2028-01-31T09:00:00Z', 'Europe/Moscow', 1)).toEqual(['2028-02-29T09:00:00.000Z'])
    expect(occurrence(at('2028-02-29T09:00:00Z'), 'Europe/Moscow', 'monthly', 12).toISOString()).toBe(
      '2029-02-28T09:00:00.000Z',
    )
  })

  test('is counted by the line’s own calendar: the first in Kamchatka is still the last in London', () => {
    expect(months('2027-01-30T13:00:00Z', 'Asia/Kamchatka', 1)).toEqual(['2027-02-27T13:00:00.000Z'])
    expect(dayOf('Asia/Kamchatka', at('2027-01-30T13:00:00Z'))).toBe('2027-01-31')
    expect(monthOf('Asia/Kamchatka', at('2027-01-31T12:00:00Z'))).toBe('2027-02')
  })

  test('keeps the time of day when clocks are changed', () => {
    expect(months('2027-02-15T12:00:00Z', 'Europe/Berlin', 2)).toEqual([
      '2027-03-15T12:00:00.000Z',
      '2027-04-15T11:00:00.000Z',
    ])
  })

  test('takes a time that the change of clocks leaves out an hour later, and one that comes twice the first time', () => {
    expect(addDays(at('2027-03-27T01:30:00Z'), 'Europe/Berlin', 1).toISOString()).toBe(
      '2027-03-28T01:30:00.000Z',
    )
    expect(addDays(at('2027-10-30T00:30:00Z'), 'Europe/Berlin', 1).toISOString()).toBe(
      '2027-10-31T00:30:00.000Z',
    )
  })
})

test('thirty days and weeks are counted in local days', () => {
  expect(occurrence(at('2027-03-01T12:00:00Z'), 'Europe/Berlin', '30-days', 1).toISOString()).toBe(
    '2027-03-31T11:00:00.000Z',
  )
  expect(occurrence(at('2027-03-25T12:00:00Z'), 'Europe/Berlin', 'weekly', 1).toISOString()).toBe(
    '2027-04-01T11:00:00.000Z',
  )
})

test('months and days begin at local midnight', () => {
  expect(startOfMonth('Asia/Vladivostok', '2027-02').toISOString()).toBe('2027-01-31T14:00:00.000Z')
  expect(startOfMonth('Europe/Berlin', '2027-12', 1).toISOString()).toBe('2027-12-31T23:00:00.000Z')
  expect(startOfDay('Europe/Moscow', at('2027-02-01T20:59:59Z')).toISOString()).toBe(
    '2027-01-31T21:00:00.000Z',
  )
  expect(startOfDay('Europe/Moscow', at('2027-02-01T21:00:00Z')).toISOString()).toBe(
    '2027-02-01T21:00:00.000Z',
  )
})

test('a name that is no time zone is told', () => {
  expect(isTimeZone('Europe/Moscow')).toBe(true)
  expect(isTimeZone('Europe/Atlantis')).toBe(false)
})

test('occurrences follow each other without standing still, in any zone and rhythm', () => {
  const zones = [
    'Europe/Moscow',
    'Asia/Kamchatka',
    'Europe/Berlin',
    'America/St_Johns',
    'Africa/Casablanca',
    'Pacific/Apia',
  ]
  fc.assert(
    fc.property(
      fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2032-01-01T00:00:00Z'), noInvalidDate: true }),
      fc.constantFrom(...zones),
      fc.constantFrom('daily', 'weekly', 'monthly', '30-days'),
      fc.integer({ min: 0, max: 40 }),
      (anchor, zone, rhythm, n) => {
        const [here, next] = [occurrence(anchor, zone, rhythm, n), occurrence(anchor, zone, rhythm, n + 1)]
        const days = (next.getTime() - here.getTime()) / 86_400_000
        const [fewest, most] =
          { daily: [0.9, 1.1], weekly: [6.9, 7.1], monthly: [27.9, 31.1], '30-days': [29.9, 30.1] }[rhythm] ??
          []
        expect(days).toBeGreaterThan(fewest!)
        expect(days).toBeLessThan(most!)
      },
    ),
  )
})
