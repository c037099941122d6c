import { describe, expect, test } from 'vitest'
import { admitEntries, isBehind } from './lane-cursors.ts'

const at = (laneId: string, seq: number) => ({ laneId, seq })

describe('admitting entries to watched lanes', () => {
  test('lets in what continues its lane, in order, whatever order it came in', () => {
    const { admitted, cursors, gap } = admitEntries({ a: 3 }, [at('a', 5), at('a', 4)])
    expect(admitted.map((one) => one.seq)).toEqual([4, 5])
    expect(cursors).toEqual({ a: 5 })
    expect(gap).toBe(false)
  })
  test('drops what is already known', () => {
    expect(admitEntries({ a: 3 }, [at('a', 2), at('a', 3)]).admitted).toEqual([])
  })
  test('holds back everything after a gap and tells of it', () => {
    const { admitted, cursors, gap } = admitEntries({ a: 3, b: 1 }, [at('a', 5), at('b', 2)])
    expect(admitted).toEqual([at('b', 2)])
    expect(cursors).toEqual({ a: 3, b: 2 })
    expect(gap).toBe(true)
  })
  test('ignores lanes that nobody watches', () => {
    expect(admitEntries({ a: 1 }, [at('z', 1)])).toEqual({ admitted: [], cursors: { a: 1 }, gap: false })
  })
})

describe('comparing with a beat', () => {
  test('is behind when a watched lane has more', () => expect(isBehind({ a: 3 }, { a: 4 })).toBe(true))
  test('is not behind for lanes that are not watched', () =>
    expect(isBehind({ a: 3 }, { a: 3, z: 9 })).toBe(false))
})
