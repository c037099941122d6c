import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  idCursor,
  instantCursor,
  type PlaceInTime,
  pageOf,
  readIdCursor,
  readInstantCursor,
  readTimeCursor,
  readVersionCursor,
  timeCursor,
  versionCursor,
} from './pages.ts'

const aPlace: fc.Arbitrary<PlaceInTime> = fc.record({
  at: fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
  id: fc.uuid({ version: 7 }),
})
const refused = expect.objectContaining({ code: 'invalid_request', facts: { in: 'after' } })

describe('a page', () => {
  test('has a next one if more was found than it holds', () => {
    const found = ['a', 'b', 'c'].map((id) => ({ id }))
    expect(pageOf(found, 2, idCursor)).toEqual({ items: [{ id: 'a' }, { id: 'b' }], next: 'b' })
  })

  test.each([2, 3])('is the last one if all of it fits in %i', (limit) => {
    const found = ['a', 'b'].map((id) => ({ id }))
    expect(pageOf(found, limit, idCursor)).toEqual({ items: found, next: null })
  })
})

describe('a cursor', () => {
  test('leads back to its place', () => {
    fc.assert(
      fc.property(aPlace, fc.nat(999_999_999), (place, version) => {
        expect(readTimeCursor(timeCursor(place))).toEqual(place)
        expect(readInstantCursor(instantCursor(place))).toEqual(place)
        expect(readIdCursor(idCursor(place))).toBe(place.id)
        expect(readVersionCursor(versionCursor({ version }))).toBe(version)
      }),
    )
  })

  test.each([readIdCursor, readVersionCursor, readTimeCursor, readInstantCursor])(
    'is not there on the first page, and is refused where it is strange: %o',
    (read) => {
      expect(read(undefined)).toBeUndefined()
      for (const after of ['', 'x', '1_x', '2026-13-01T00:00:00Z_x', '-1', '12345678901'])
        expect(() => read(after)).toThrow(refused)
    },
  )
})
