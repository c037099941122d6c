import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { passes } from './filter.ts'
import { keyset, pageOf } from './page.ts'
import { MOST_ROWS, queryOf } from './query.ts'
import { selectFields } from './select-fields.ts'

const Thing = z.object({
  id: z.string(),
  href: z.string(),
  count: z.number(),
  open: z.boolean(),
  at: z.string().optional(),
  'the.name': z.string().optional(),
  party: z.array(z.object({ name: z.string(), role: z.string() })),
  any: z.unknown(),
})
const THING = {
  id: '1',
  href: '/1',
  count: 5,
  open: true,
  at: '2027-01-15T09:00:00.000Z',
  party: [
    { name: 'Anna', role: 'owner' },
    { name: 'Boris', role: 'user' },
  ],
  any: { deep: ['x', 'y'] },
}

const holds = (raw: Record<string, unknown>) => passes(THING, queryOf(Thing, raw).conditions)

describe('filtering a list', () => {
  test('any attribute can be asked for, lists on the way are looked through', () => {
    expect(holds({ 'party.name': 'Boris' })).toBe(true)
    expect(holds({ 'party.name': 'Vera' })).toBe(false)
    expect(holds({ 'any.deep': 'y' })).toBe(true)
    expect(holds({ count: '5', open: 'true' })).toBe(true)
    expect(holds({ count: '5', open: 'false' })).toBe(false)
  })

  test('instants are equal however they are written', () => {
    expect(holds({ at: '2027-01-15T12:00:00+03:00' })).toBe(true)
    expect(holds({ 'at.gte': '2027-01-15' })).toBe(true)
    expect(holds({ 'at.lt': '2027-01-15T09:00:00Z' })).toBe(false)
  })

  test('values are alternatives; `ne` wants none of them', () => {
    expect(holds({ 'party.role': 'trusted,user' })).toBe(true)
    expect(holds({ 'party.role': ['trusted', 'user'] })).toBe(true)
    expect(holds({ 'party.role.ne': 'trusted' })).toBe(true)
    expect(holds({ 'party.role.ne': 'user' })).toBe(false)
  })

  test('order is by number where there are numbers; what cannot be compared does not fit', () => {
    expect(holds({ 'count.gt': '4' })).toBe(true)
    expect(holds({ 'count.gt': '40' })).toBe(false)
    expect(holds({ 'count.lte': 'five' })).toBe(false)
  })

  test('an attribute that there is not is refused, and its value is not repeated', () => {
    for (const name of ['colour', 'party.colour', 'party.name.like', '__proto__', 'constructor', 'id.'])
      expect(() => queryOf(Thing, { [name]: 'secret' })).toThrow('invalid_request')
    try {
      queryOf(Thing, { colour: 'secret' })
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('secret')
    }
  })

  test('offset and limit are whole numbers within bounds', () => {
    for (const raw of [{ limit: '0' }, { limit: '-1' }, { limit: '1e3' }, { limit: '1001' }, { offset: 'x' }])
      expect(() => queryOf(Thing, raw)).toThrow('invalid_request')
    expect(queryOf(Thing, { limit: '1000', offset: '0' })).toMatchObject({ limit: MOST_ROWS, offset: 0 })
  })
})

describe('choosing fields', () => {
  test('id and href are always told; dotted names keep what stands around them', () => {
    const select = (fields: string) => selectFields(THING, queryOf(Thing, { fields }).fields)
    expect(select('count')).toEqual({ id: '1', href: '/1', count: 5 })
    expect(select('none')).toEqual({ id: '1', href: '/1' })
    expect(select('party.name')).toEqual({
      id: '1',
      href: '/1',
      party: [{ name: 'Anna' }, { name: 'Boris' }],
    })
    expect(() => queryOf(Thing, { fields: 'count,colour' })).toThrow('invalid_request')
  })
})

describe('paging', () => {
  const many = (rows: number) =>
    keyset<{ count: number }>(async ({ after, limit }) => {
      const from = Number(after ?? 0)
      const items = Array.from({ length: Math.min(limit, rows - from) }, (_, index) => ({
        count: from + index,
      }))
      return { items, next: from + limit < rows ? String(from + limit) : null }
    })

  test('counts all that pass and gives the asked ones', async () => {
    const page = await pageOf(many(250), queryOf(Thing, { 'count.gte': '100', offset: '20', limit: '3' }))
    expect(page).toEqual({ items: [{ count: 120 }, { count: 121 }, { count: 122 }], total: 150 })
  })

  test('reads no further than its bound, and then does not claim to know how many there are', async () => {
    const page = await pageOf(many(1_000_000), queryOf(Thing, {}))
    expect(page.items).toHaveLength(100)
    expect(page.total).toBeUndefined()
  })
})
