import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../contracts/entries.ts'
import { foldEntries, layOutRows, mergeEntries } from './index.ts'

const MINUTE = 60_000
const START = Date.parse('2026-11-24T10:00:00.000Z')

function said(laneId: string, seq: number, minute: number, part: Partial<Entry> = {}): Entry {
  const at = new Date(START + minute * MINUTE).toISOString()
  return {
    laneId,
    seq,
    kind: 'message',
    direction: 'in',
    channel: laneId === 'mail' ? 'email' : 'max',
    author: { kind: 'subscriber', id: null, name: 'Ольга' },
    body: { type: 'message', text: `${laneId} ${seq}` },
    attachments: [],
    supersedes: null,
    providerAt: null,
    receivedAt: at,
    storedAt: at,
    late: false,
    conversationId: null,
    delivery: null,
    ...part,
  }
}

describe('merging lanes', () => {
  test('orders by stored time across lanes and never by the provider’s clock', () => {
    const early = said('max', 2, 5, { providerAt: '2020-01-01T00:00:00.000Z' })
    expect(
      mergeEntries([early, said('max', 1, 1)], [said('mail', 1, 3)]).map((one) => `${one.laneId}${one.seq}`),
    ).toEqual(['max1', 'mail1', 'max2'])
  })
  test('within one instant the lane’s own order holds', () => {
    expect(mergeEntries([said('max', 2, 0), said('max', 1, 0)]).map((one) => one.seq)).toEqual([1, 2])
  })
  test('shows an entry of two pages once, in its later form', () => {
    const merged = mergeEntries([said('max', 1, 0)], [said('max', 1, 0, { late: true })])
    expect(merged).toHaveLength(1)
    expect(merged[0]?.late).toBe(true)
  })
})

describe('folding edits and deletions', () => {
  const edit = (seq: number, of: number, text: string) =>
    said('max', seq, seq, { kind: 'edit', supersedes: of, body: { type: 'edit', text } })
  test('the last edit is in force and earlier words are kept', () => {
    const [item] = foldEntries([said('max', 1, 0), edit(2, 1, 'second'), edit(3, 1, 'third')])
    expect(item).toMatchObject({ text: 'third', earlier: ['max 1', 'second'] })
  })
  test('an edit of files alone repeats no words', () => {
    const [item] = foldEntries([said('max', 1, 0), edit(2, 1, 'max 1')])
    expect(item).toMatchObject({ text: 'max 1', earlier: [] })
  })
  test('a deletion leaves the place', () => {
    const gone = said('max', 2, 1, { kind: 'deletion', supersedes: 1, body: { type: 'deletion' } })
    expect(foldEntries([said('max', 1, 0), gone])).toMatchObject([{ deleted: true }])
  })
  test('an edit of a message that is not loaded shows nothing', () => {
    expect(foldEntries([edit(9, 1, 'x')])).toEqual([])
  })
  test('an erased body has no text', () => {
    expect(foldEntries([said('max', 1, 0, { body: null })])).toMatchObject([{ text: null, deleted: false }])
  })
})

describe('an order', () => {
  const order = (seq: number, supersedes: number | null, state: 'waiting' | 'done') =>
    said('line', seq, seq, {
      kind: 'order',
      channel: null,
      supersedes,
      body: {
        type: 'order',
        order: {
          id: 'order',
          lineId: 'line',
          request: { kind: 'stop-content', code: 'horoscope' },
          state,
          effects: [],
          by: { kind: 'subscriber', name: 'Ольга', through: 'my' },
          approvedBy: null,
          placedAt: '2026-11-24T10:00:00.000Z',
          carriedOutAt: null,
          undoableUntil: null,
          reason: null,
        },
      },
    })
  test('stands once, where it was placed, in the state that it has reached', () => {
    const items = foldEntries([order(1, null, 'waiting'), said('max', 1, 1), order(2, 1, 'done')])
    expect(items.map(({ entry }) => entry.kind)).toEqual(['order', 'message'])
    expect(items[0]?.entry).toMatchObject({ seq: 1, body: { order: { state: 'done' } } })
  })
  test('whose placing is not loaded yet shows nothing', () => {
    expect(foldEntries([order(2, 1, 'done')])).toEqual([])
  })
})

describe('laying out rows', () => {
  const kinds = (...entries: Entry[]) => layOutRows(foldEntries(mergeEntries(entries))).map((row) => row.kind)
  test('names each day and each change of channel once', () => {
    expect(kinds(said('max', 1, 0), said('max', 2, 1), said('mail', 1, 2))).toEqual([
      'day',
      'channel',
      'item',
      'item',
      'channel',
      'item',
    ])
  })
  test('a new day is named though the channel stays', () => {
    expect(kinds(said('max', 1, 0), said('max', 2, 24 * 60))).toEqual([
      'day',
      'channel',
      'item',
      'day',
      'item',
    ])
  })
  test('one’s messages of a few minutes stand together', () => {
    const rows = layOutRows(foldEntries([said('max', 1, 0), said('max', 2, 2), said('max', 3, 12)]))
    expect(rows.flatMap((row) => (row.kind === 'item' ? row.continued : []))).toEqual([false, true, false])
  })
})
